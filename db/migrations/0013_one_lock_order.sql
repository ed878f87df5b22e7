-- One order of locks for what sends through a pool and what changes it: powerpack, numbers, members, versions, sticky senders, lanes.

-- A foreign key locked the member behind the version, and its cascade the mapping before the version: sending and changing waited for
-- each other in a circle. Who maps a destination holds the pool's version, which every change counts, and looks for the member then.
alter table sticky_senders drop constraint sticky_senders_pool_uuid_sender_country_iso2_fkey;

-- Pools are counted in the order of their names by all who count several.
create or replace function count_pool_change() returns trigger language plpgsql as $$
begin
  update pool_versions set version = version + 1
  from (
    select pool_uuid from pool_versions where pool_uuid in (select pool_uuid from changed)
    order by pool_uuid for update) as locked
  where pool_versions.pool_uuid = locked.pool_uuid;
  return null;
end $$;

create or replace function count_number_change() returns trigger language plpgsql as $$
begin
  update pool_versions set version = version + 1
  from (
    select pool_uuid from pool_versions
    where pool_uuid in (
      select pool_members.pool_uuid
      from changed join before using (number) join pool_members on pool_members.number = changed.number
      where (changed.sms_enabled, changed.mms_enabled) is distinct from (before.sms_enabled, before.mms_enabled))
    order by pool_uuid for update) as locked
  where pool_versions.pool_uuid = locked.pool_uuid;
  return null;
end $$;

-- Members that leave take their mappings along, once the version is counted.
create function leave_pool() returns trigger language plpgsql as $$
begin
  update pool_versions set version = version + 1
  from (
    select pool_uuid from pool_versions where pool_uuid in (select pool_uuid from changed)
    order by pool_uuid for update) as locked
  where pool_versions.pool_uuid = locked.pool_uuid;
  delete from sticky_senders using changed
  where (sticky_senders.pool_uuid, sticky_senders.sender, sticky_senders.country_iso2)
    = (changed.pool_uuid, changed.sender, changed.country_iso2);
  return null;
end $$;

drop trigger pool_members_deleted on pool_members;
create trigger pool_members_deleted after delete on pool_members
  referencing old table as changed for each statement execute function leave_pool();

-- A number that goes leaves its pool first: the cascade of its foreign key would count the version behind the lane.
create function leave_pool_first() returns trigger language plpgsql as $$
begin
  delete from pool_members where number = old.number;
  return old;
end $$;

create trigger numbers_leaving before delete on numbers
  for each row execute function leave_pool_first();

-- An application that is deleted is taken from powerpacks and numbers: these are locked before it, as by who changes one of them.
create function lock_users_of_application(app text) returns void language plpgsql as $$
begin
  perform 1 from powerpacks where application_id = app order by uuid for update;
  perform 1 from numbers where application_id = app order by number for update;
end $$;

-- A subaccount that is deleted takes its powerpacks along and gives its numbers back: these are locked before it as well.
create function lock_users_of_account(account text) returns void language plpgsql as $$
begin
  perform 1 from powerpacks where account_id = account order by uuid for update;
  perform 1 from numbers where subaccount_id = account order by number for update;
end $$;
