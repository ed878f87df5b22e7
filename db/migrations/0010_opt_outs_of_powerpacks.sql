-- A STOP belongs to the powerpack that it answers, whatever becomes of the pool's members afterwards.

alter table powerpacks drop constraint powerpacks_opt_out_scope_check;
-- What a STOP blocks: all of the powerpack, the number that it was written to, or every number of the account.
alter table powerpacks
  alter column opt_out_scope set default 'powerpack',
  add constraint powerpacks_opt_out_scope_check check (opt_out_scope in ('number', 'powerpack', 'account'));

-- Which powerpack a STOP answers: the last one that wrote to that person from that number.
create index messages_to_person on messages (destination, sender, id)
  where direction = 'outbound' and powerpack_uuid is not null;

alter table opt_outs rename to old_opt_outs;

-- Who wrote STOP. It outlives number and powerpack, so nothing here refers to them by foreign key.
create table opt_outs (
  -- The main account.
  account_id text not null,
  destination text not null,
  -- The sender that STOP was written to; null where it is not known.
  lane text,
  -- The powerpack that STOP answers; null where none had to do with it.
  powerpack_uuid uuid,
  -- What it blocks. The lane is blocked in any case.
  scope text not null check (scope in ('number', 'powerpack', 'account')),
  opted_out_at timestamptz not null,
  -- Within five minutes one message of the customer's is let through as the confirmation.
  confirmed boolean not null,
  constraint opt_outs_once unique nulls not distinct (account_id, destination, lane, powerpack_uuid)
);
create index opt_outs_of_powerpack on opt_outs (powerpack_uuid) where powerpack_uuid is not null;

-- STOP to one number: it answers the powerpack that wrote last from there before it, else it concerns the one that the number is in,
-- else the one that it was in when that was deleted.
insert into opt_outs (account_id, destination, lane, powerpack_uuid, scope, opted_out_at, confirmed)
select old.account_id, old.destination, old.scope, found.uuid,
  case when found.uuid is null then 'number' else 'powerpack' end, old.opted_out_at, old.acknowledged
from old_opt_outs old
left join lateral (
  select coalesce(
    (select messages.powerpack_uuid from messages
      where messages.destination = old.destination and messages.sender = old.scope and messages.direction = 'outbound'
        and messages.powerpack_uuid is not null and messages.account_id = old.account_id
        and messages.sent_at <= old.opted_out_at
      order by messages.id desc limit 1),
    (select powerpacks.uuid from pool_members
      join powerpacks on powerpacks.pool_uuid = pool_members.pool_uuid
      join accounts on accounts.auth_id = powerpacks.account_id
      where pool_members.sender = old.scope and coalesce(accounts.main_id, accounts.auth_id) = old.account_id
      order by pool_members.parked, powerpacks.deleted_at desc, powerpacks.uuid limit 1)) as uuid
) found on true
where old.scope not like 'pool/%';

-- STOP that counted for all of a pool: its number is the one that was noted in the same moment.
insert into opt_outs (account_id, destination, lane, powerpack_uuid, scope, opted_out_at, confirmed)
select old.account_id, old.destination, number.scope, powerpacks.uuid, 'powerpack', old.opted_out_at, old.acknowledged
from old_opt_outs old
join powerpacks on old.scope = 'pool/' || powerpacks.pool_uuid
left join lateral (
  select same.scope from old_opt_outs same
  where same.account_id = old.account_id and same.destination = old.destination
    and same.opted_out_at = old.opted_out_at and same.scope not like 'pool/%'
  order by same.scope limit 1
) number on true
on conflict do nothing;

drop table old_opt_outs;

-- What was chosen before cannot be told from the old default, which let a person who had written STOP be written to from another number.
update powerpacks set opt_out_scope = 'powerpack' where opt_out_scope = 'number';
