-- Names as senders: an account asks for one, the operator approves it, and pools have it as a member.
create table alphanumeric_senders (
  id uuid primary key,
  -- The account or subaccount that asked for it.
  account_id text not null references accounts (auth_id) on delete cascade,
  name text not null check (name ~ '^[A-Za-z0-9 &+._-]{1,11}$' and name ~ '[A-Za-z]'),
  status text not null check (status in ('pending', 'approved', 'rejected')),
  note text,
  reason text,
  requested_at timestamptz not null,
  decided_at timestamptz
);
create unique index alphanumeric_senders_once on alphanumeric_senders (account_id, lower(name));
-- Handsets show no owner: one account sends as a name.
create unique index alphanumeric_senders_approved on alphanumeric_senders (lower(name)) where status = 'approved';
create index alphanumeric_senders_by_status on alphanumeric_senders (status, requested_at, id);

alter table pool_members add column alphanumeric_id uuid references alphanumeric_senders (id) on delete cascade;
create index pool_members_alphanumeric on pool_members (alphanumeric_id) where alphanumeric_id is not null;

alter table pool_members drop constraint pool_members_kind_check;
alter table pool_members add constraint pool_members_kind_check
  check (kind in ('longcode', 'tollfree', 'shortcode', 'alphanumeric'));
alter table pool_members drop constraint pool_members_member_type_check;
alter table pool_members add constraint pool_members_member_type_check
  check (member_type in ('fixed', 'tollfree', 'mobile', 'shortcode', 'alphanumeric'));
alter table pool_members drop constraint pool_members_check;
alter table pool_members add constraint pool_members_check
  check (detached or (kind in ('shortcode', 'alphanumeric')) = (number is null));
alter table pool_members add constraint pool_members_alphanumeric_check
  check ((kind = 'alphanumeric') = (alphanumeric_id is not null));

-- A name may be in several pools of its account, unlike a number.
drop index pool_members_sender;
create unique index pool_members_sender on pool_members (sender, country_iso2) where not detached and kind <> 'alphanumeric';

alter table powerpacks add column alphanumeric_first boolean not null default true;

-- What waits in the queue of a name that may not send any more fails, as that of a number that is unrented.
create function depart_from_queues_of(names text[]) returns void language plpgsql as $$
begin
  update sender_queues set departed_up_to = last_position, next_free = least(next_free, coalesce(paced_until, 'epoch'))
  from (select queue from sender_queues where queue = any(names) order by queue for update) as locked
  where sender_queues.queue = locked.queue;
end $$;

create function count_alphanumeric_change() returns trigger language plpgsql as $$
begin
  perform note_pool_changes(
    array_agg(pool_members.pool_uuid), array_agg(pool_members.sender), array_agg(pool_members.country_iso2))
  from changed join before using (id) join pool_members on pool_members.alphanumeric_id = changed.id
  where changed.status <> before.status and not pool_members.detached;
  perform depart_from_queues_of(array_agg(changed.name))
  from changed join before using (id) where before.status = 'approved' and changed.status <> 'approved';
  return null;
end $$;

create function leave_alphanumeric() returns trigger language plpgsql as $$
begin
  perform depart_from_queues_of(array_agg(name)) from gone where status = 'approved';
  return null;
end $$;

create trigger alphanumeric_senders_updated after update on alphanumeric_senders
  referencing old table as before new table as changed for each statement execute function count_alphanumeric_change();
create trigger alphanumeric_senders_deleted after delete on alphanumeric_senders
  referencing old table as gone for each statement execute function leave_alphanumeric();
