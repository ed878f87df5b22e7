-- What grows with traffic is divided by time: ids are UUIDs of version 7, so a range of ids is a range of time, and dropping a partition
-- deletes its rows at once. The tables as they are become the first partitions; rows are neither moved nor written.

create function first_id_of(moment timestamptz) returns uuid language sql immutable as $$
  select (lpad(to_hex((extract(epoch from moment) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid
$$;

create function time_of_id(id uuid) returns timestamptz language sql immutable as $$
  select to_timestamp(('x' || translate(left(id::text, 13), '-', ''))::bit(48)::bigint / 1000.0)
$$;

-- Bounds are null at the open ends: before the first partition, and behind the last one.
create view partitions as
  select parent.relname::text as parent, child.relname::text as name,
    substring(bound from 'FROM \(''(.*?)''\)')::uuid as from_id,
    substring(bound from 'TO \(''(.*?)''\)')::uuid as before_id
  from pg_inherits
  join pg_class parent on parent.oid = inhparent and parent.relkind = 'p' and parent.relnamespace = current_schema()::regnamespace
  join pg_class child on child.oid = inhrelid
  cross join lateral pg_get_expr(child.relpartbound, child.oid) as bound;

-- Adds a partition with the storage of the last one; bounds are SQL.
create function create_partition(divided text, name text, from_bound text, before_bound text) returns void language plpgsql as $$
begin
  execute format('create table %I partition of %I for values from (%s) to (%s) %s', name, divided, from_bound, before_bound,
    (select 'with (' || array_to_string(reloptions, ', ') || ')' from pg_class
     where oid = (select partitions.name from partitions where parent = divided order by before_id desc limit 1)::regclass));
end $$;

-- Ends the last partition at the next whole number of `days` since 1970, unless it begins after `until`. The new one behind it takes every
-- later row, so that each row has a partition. Returns whether it did; of several processes one does.
create function add_partition(divided text, key text, days integer, until timestamptz) returns boolean language plpgsql as $$
declare
  last_partition partitions;
  newest_id uuid;
  seconds constant integer := days * 86400;
  boundary timestamptz;
begin
  if not pg_try_advisory_xact_lock(hashtext('rucksack partitions')) then
    return false;
  end if;
  select * into last_partition from partitions where parent = divided and before_id is null;
  if last_partition.from_id > first_id_of(until) then
    return false;
  end if;
  -- A clock may have been ahead.
  execute format('select %1$I from %2$I order by %1$I desc limit 1', key, last_partition.name) into newest_id;
  boundary := to_timestamp((floor(extract(epoch from greatest(until, time_of_id(newest_id))) / seconds) + 1) * seconds);
  execute format('alter table %I detach partition %I', divided, last_partition.name);
  execute format('alter table %I attach partition %I for values from (%s) to (%L)', divided, last_partition.name,
    coalesce(quote_literal(last_partition.from_id), 'minvalue'), first_id_of(boundary));
  perform create_partition(
    divided, divided || to_char(boundary at time zone 'UTC', '_YYYYMMDD'), quote_literal(first_id_of(boundary)), 'maxvalue');
  return true;
end $$;

-- Drops the partitions whose rows are all older than an id, and adds an empty first one for rows of that time. Returns how many.
create function drop_partitions(divided text, older_than uuid) returns integer language plpgsql as $$
declare
  old_partition partitions;
  dropped integer := 0;
begin
  for old_partition in select * from partitions where parent = divided and before_id <= older_than order by before_id loop
    execute format('drop table %I', old_partition.name);
    dropped := dropped + 1;
  end loop;
  if dropped > 0 then
    perform create_partition(divided, divided || '_first', 'minvalue', quote_literal(old_partition.before_id));
  end if;
  return dropped;
end $$;

alter table messages rename to messages_first;
alter table messages_first rename constraint messages_pkey to messages_first_pkey;
alter index messages_of_account rename to messages_first_of_account;
alter index messages_of_subaccount rename to messages_first_of_subaccount;
alter index messages_received rename to messages_first_received;
alter index messages_to_person rename to messages_first_to_person;
create table messages (like messages_first including all excluding indexes) partition by range (id);
alter table messages add constraint messages_pkey primary key (id);
create index messages_of_account on messages (account_id, id);
create index messages_of_subaccount on messages (subaccount_id, id) where subaccount_id is not null;
create index messages_received on messages (account_id, id) where direction = 'inbound';
create index messages_to_person on messages (destination, sender, id) where direction = 'outbound' and powerpack_uuid is not null;
alter table messages attach partition messages_first for values from (minvalue) to (maxvalue);

alter table message_events rename to message_events_first;
alter index message_events_of_message rename to message_events_first_of_message;
create table message_events (like message_events_first including all excluding indexes) partition by range (message_id);
create index message_events_of_message on message_events (message_id, at);
alter table message_events attach partition message_events_first for values from (minvalue) to (maxvalue);

alter table failed_messages rename to failed_messages_first;
alter table failed_messages_first rename constraint failed_messages_pkey to failed_messages_first_pkey;
alter index failed_messages_of_account rename to failed_messages_first_of_account;
create table failed_messages (like failed_messages_first including all excluding indexes) partition by range (message_id);
alter table failed_messages add constraint failed_messages_pkey primary key (message_id);
create index failed_messages_of_account on failed_messages (account_id, message_id);
alter table failed_messages attach partition failed_messages_first for values from (minvalue) to (maxvalue);

alter table webhook_calls rename to webhook_calls_first;
alter table webhook_calls_first rename constraint webhook_calls_pkey to webhook_calls_first_pkey;
alter index webhook_calls_failed rename to webhook_calls_first_failed;
alter index webhook_calls_listed rename to webhook_calls_first_listed;
alter index webhook_calls_of_message rename to webhook_calls_first_of_message;
alter index webhook_calls_of_subaccount rename to webhook_calls_first_of_subaccount;
alter index webhook_calls_waiting rename to webhook_calls_first_waiting;
create table webhook_calls (like webhook_calls_first including all excluding indexes) partition by range (id);
alter table webhook_calls add constraint webhook_calls_pkey primary key (id);
create index webhook_calls_failed on webhook_calls (main_id, id) where outcome = 'failed';
create index webhook_calls_listed on webhook_calls (main_id, id);
create index webhook_calls_of_message on webhook_calls (message_id);
create index webhook_calls_of_subaccount on webhook_calls (account_id, id) where account_id <> main_id;
create index webhook_calls_waiting on webhook_calls (main_id, host, next_at) where next_at is not null;
alter table webhook_calls attach partition webhook_calls_first for values from (minvalue) to (maxvalue);

-- Rows of a full table are read once to see that they are before the boundary: here, where nothing waits for it.
select add_partition('messages', 'id', 15, now() + interval '12 hours') where exists (select from messages);
select add_partition('message_events', 'message_id', 15, now() + interval '12 hours') where exists (select from message_events);
select add_partition('failed_messages', 'message_id', 15, now() + interval '12 hours') where exists (select from failed_messages);
select add_partition('webhook_calls', 'id', 1, now() + interval '12 hours') where exists (select from webhook_calls);
