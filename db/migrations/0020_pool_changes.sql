-- What has changed in pools lately: a process that keeps a pool in memory reads that again, and not ten thousand members.

create table pool_changes (
  pool_uuid uuid not null references pool_versions (pool_uuid) on delete cascade,
  version bigint not null,
  -- The member that came, changed or left; null where more of them did than are worth telling apart.
  sender text,
  country_iso2 text,
  check ((sender is null) = (country_iso2 is null))
);
create index pool_changes_by_version on pool_changes (pool_uuid, version);

-- Counts a change of pools, in the order of their names, and notes the members that it is about. The last 200 changes of a pool are
-- kept: who is further behind reads all of it.
create function note_pool_changes(pools uuid[], senders text[], countries text[]) returns void language plpgsql as $$
begin
  with locked as (
    select pool_uuid from pool_versions where pool_uuid = any(pools) order by pool_uuid for update),
  counted as (
    update pool_versions set version = version + 1 from locked where pool_versions.pool_uuid = locked.pool_uuid
    returning pool_versions.pool_uuid, version),
  members as (
    select distinct * from unnest(pools, senders, countries) as members (pool_uuid, sender, country_iso2)
    where sender is not null),
  sizes as (select pool_uuid, count(*) > 100 as are_many from members group by pool_uuid)
  insert into pool_changes
  select distinct pool_uuid, version, case when not are_many then sender end, case when not are_many then country_iso2 end
  from counted join sizes using (pool_uuid) join members using (pool_uuid);
  delete from pool_changes using pool_versions
  where pool_versions.pool_uuid = any(pools) and pool_changes.pool_uuid = pool_versions.pool_uuid
    and pool_changes.version <= pool_versions.version - 200;
end $$;

create or replace function count_pool_change() returns trigger language plpgsql as $$
begin
  perform note_pool_changes(array_agg(pool_uuid), array_agg(sender), array_agg(country_iso2)) from changed;
  return null;
end $$;

create function count_powerpack_change() returns trigger language plpgsql as $$
begin
  perform note_pool_changes(array_agg(pool_uuid), array_agg(null::text), array_agg(null::text)) from changed;
  return null;
end $$;

drop trigger powerpacks_updated on powerpacks;
create trigger powerpacks_updated after update on powerpacks
  referencing new table as changed for each statement execute function count_powerpack_change();

create or replace function count_number_change() returns trigger language plpgsql as $$
begin
  perform note_pool_changes(
    array_agg(pool_members.pool_uuid), array_agg(pool_members.sender), array_agg(pool_members.country_iso2))
  from changed join before using (number) join pool_members on pool_members.number = changed.number
  where (changed.sms_enabled, changed.mms_enabled) is distinct from (before.sms_enabled, before.mms_enabled);
  return null;
end $$;

create or replace function leave_pool() returns trigger language plpgsql as $$
begin
  perform note_pool_changes(array_agg(pool_uuid), array_agg(sender), array_agg(country_iso2)) from changed;
  delete from sticky_senders using changed
  where (sticky_senders.pool_uuid, sticky_senders.sender, sticky_senders.country_iso2)
    = (changed.pool_uuid, changed.sender, changed.country_iso2);
  return null;
end $$;
