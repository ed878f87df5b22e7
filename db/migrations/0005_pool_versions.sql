-- Versions of pools, limits of single members, what a powerpack says about texts and opt-outs, and the days of sticky senders.

alter table powerpacks
  -- Look-alikes of GSM-7 characters (curly quotes, long dashes) are replaced before segments are counted.
  add column smart_encoding boolean not null default false,
  -- What an opt-out blocks: the number that was written to, or every member of the pool.
  add column opt_out_scope text not null default 'number' check (opt_out_scope in ('number', 'powerpack'));

alter table pool_members
  -- Own limits of this member; null leaves it those of its kind. A rate is in segments a second, 0 is no limit.
  add column sms_per_second double precision check (sms_per_second >= 0),
  add column mms_per_second double precision check (mms_per_second >= 0),
  -- Segments a day (UTC) after which others are preferred; 0 is no recommendation.
  add column daily_segments integer check (daily_segments >= 0);

-- A count that grows with every change to what senders are chosen from. Processes keep pools in memory and compare the count when
-- they accept messages. A table of its own: it is locked last, after powerpack, numbers and members.
create table pool_versions (
  pool_uuid uuid primary key references powerpacks (pool_uuid) on delete cascade,
  version bigint not null
) with (fillfactor = 50);

insert into pool_versions select pool_uuid, 1 from powerpacks;

-- Those that nobody has written to for long are found by the day. Every message changes `last_message_at`: an index on that would
-- have each of them write all the table's indexes; the day changes once a day.
alter table sticky_senders
  add column last_message_day date generated always as ((last_message_at at time zone 'UTC')::date) stored,
  set (fillfactor = 80);
create index sticky_senders_by_age on sticky_senders (last_message_day);

-- Triggers, because a change that forgot to count would send from a number that has left: whatever changes a row counts.

create function start_pool_version() returns trigger language plpgsql as $$
begin
  insert into pool_versions select pool_uuid, 1 from changed;
  return null;
end $$;

create function count_pool_change() returns trigger language plpgsql as $$
begin
  update pool_versions set version = version + 1
  where pool_uuid in (select pool_uuid from changed);
  return null;
end $$;

create function count_number_change() returns trigger language plpgsql as $$
begin
  update pool_versions set version = version + 1
  where pool_uuid in (
    select pool_members.pool_uuid
    from changed join before using (number) join pool_members on pool_members.number = changed.number
    where (changed.sms_enabled, changed.mms_enabled) is distinct from (before.sms_enabled, before.mms_enabled));
  return null;
end $$;

create trigger powerpacks_inserted after insert on powerpacks
  referencing new table as changed for each statement execute function start_pool_version();
create trigger powerpacks_updated after update on powerpacks
  referencing new table as changed for each statement execute function count_pool_change();
create trigger pool_members_inserted after insert on pool_members
  referencing new table as changed for each statement execute function count_pool_change();
create trigger pool_members_updated after update on pool_members
  referencing new table as changed for each statement execute function count_pool_change();
create trigger pool_members_deleted after delete on pool_members
  referencing old table as changed for each statement execute function count_pool_change();
create trigger numbers_updated after update on numbers
  referencing old table as before new table as changed for each statement execute function count_number_change();
