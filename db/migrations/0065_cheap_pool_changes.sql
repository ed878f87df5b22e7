-- A change of one member, which is nearly every change, counts its pool's version and notes itself by two short statements. An insert with
-- `on conflict` calls the trigger of updates as well, with nothing changed.

create or replace function note_pool_changes(pools uuid[], senders text[], countries text[]) returns void language plpgsql as $$
declare
  counted_version bigint;
begin
  if pools is null then
    return;
  end if;
  if cardinality(pools) = 1 then
    update pool_versions set version = version + 1 where pool_uuid = pools[1] returning version into counted_version;
    if counted_version is not null and senders[1] is not null then
      insert into pool_changes values (pools[1], counted_version, senders[1], countries[1]);
    end if;
  else
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
  end if;
  -- Of each pool the last 200 changes are kept, and up to 50 before them.
  if cardinality(pools) > 1 or counted_version % 50 = 0 then
    delete from pool_changes using pool_versions
    where pool_versions.pool_uuid = any(pools) and pool_changes.pool_uuid = pool_versions.pool_uuid
      and pool_changes.version <= pool_versions.version - 200;
  end if;
end $$;
