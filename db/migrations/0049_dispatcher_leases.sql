-- A process leases all of its sender queues by one row, however many it holds.
create table dispatchers (
  holder uuid primary key,
  held_until timestamptz not null
);
alter table sender_queues drop column held_until;
