-- Carriers, and the routes that lead messages to them: those of the operator's file and those that were made by the API.
create table carriers (
  name text primary key check (name ~ '^[a-z0-9-]{2,32}$'),
  -- The entry as it was written, without its secrets.
  written jsonb not null,
  services text[] not null,
  -- Of carriers that were made by the API. The file's secrets stay where the file has them.
  encrypted_secrets bytea,
  source text not null check (source in ('file', 'api')),
  draining boolean not null default false,
  changed_at timestamptz not null
);

create table routes (
  id uuid primary key,
  service text not null check (service in ('sms', 'mms')),
  -- The senders that it is for, by the one name under which a message looks for it: `number:14155550123`, `default`.
  scope text not null,
  written jsonb not null,
  source text not null check (source in ('file', 'api')),
  changed_at timestamptz not null,
  constraint routes_once unique (service, scope)
);

-- Counts the changes of both: processes keep them in memory, and see in the statement that marks messages whether they are behind.
create table routing_version (
  only_one boolean primary key default true check (only_one),
  version bigint not null
);
insert into routing_version (version) values (1);

create function count_routing_change() returns trigger language plpgsql as $$
begin
  insert into routing_version (version) values (1)
  on conflict (only_one) do update set version = routing_version.version + 1;
  return null;
end $$;

create trigger carriers_changed after insert or update or delete on carriers
  for each statement execute function count_routing_change();
create trigger routes_changed after insert or update or delete on routes
  for each statement execute function count_routing_change();

-- How carriers are, as each process that runs them last said.
create table carrier_states (
  carrier text not null,
  process uuid not null,
  state jsonb not null,
  at timestamptz not null,
  primary key (carrier, process)
);
