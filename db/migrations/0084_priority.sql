-- When a sender queue is free for bulk messages, which go behind all others; null until it has had one.
alter table sender_queues add column bulk_free timestamptz;
-- What messages of a powerpack are that do not say it themselves.
alter table powerpacks add column message_priority text not null default 'transactional'
  check (message_priority in ('transactional', 'bulk'));

create or replace function depart_from_queues() returns trigger language plpgsql as $$
begin
  update sender_queues set departed_up_to = last_position, next_free = least(next_free, coalesce(paced_until, 'epoch')), bulk_free = null
  from (select queue from sender_queues where queue in (select number from gone) order by queue for update) as locked
  where sender_queues.queue = locked.queue;
  return null;
end $$;
