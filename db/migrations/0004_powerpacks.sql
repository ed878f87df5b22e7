-- Powerpacks, the members of their number pools, and sticky senders.

create table powerpacks (
  uuid uuid primary key,
  pool_uuid uuid not null unique,
  account_id text not null references accounts (auth_id) on delete cascade,
  name text not null check (char_length(name) between 1 and 255),
  sticky_sender boolean not null,
  local_connect boolean not null,
  application_id text references applications (app_id) on delete set null,
  -- One entry per service and country: [{"service_type", "country_iso", "priority": [up to three sender kinds]}].
  number_priority jsonb not null,
  deletion_protection boolean not null,
  created_at timestamptz not null,
  -- A deleted powerpack stays for a while, so that it can be restored. It is invisible otherwise.
  deleted_at timestamptz
);

create unique index powerpacks_name on powerpacks (account_id, name) where deleted_at is null;
create index powerpacks_of_account on powerpacks (account_id, created_at, uuid) where deleted_at is null;
create index powerpacks_of_application on powerpacks (application_id) where application_id is not null;
create index powerpacks_deleted on powerpacks (deleted_at) where deleted_at is not null;

create table pool_members (
  pool_uuid uuid not null references powerpacks (pool_uuid) on delete cascade,
  -- Digits of a number, or of a short code.
  sender text not null,
  kind text not null check (kind in ('longcode', 'tollfree', 'shortcode')),
  member_type text not null check (member_type in ('fixed', 'tollfree', 'mobile', 'shortcode')),
  country_iso2 text not null,
  service text not null check (service in ('sms', 'mms')),
  added_at timestamptz not null,
  -- The rented number: when it is unrented the member goes with it. Null for short codes and for parked members.
  number text references numbers (number) on delete cascade,
  -- Parked members belong to a deleted powerpack: they do not count, and are what a restore brings back.
  parked boolean not null default false,
  primary key (pool_uuid, sender, country_iso2),
  check (parked or (kind = 'shortcode') = (number is null)),
  check (not parked or number is null)
);

-- A sender belongs to at most one pool. Short codes are national: the same digits may live in two countries.
create unique index pool_members_sender on pool_members (sender, country_iso2) where not parked;
create unique index pool_members_number on pool_members (number) where number is not null;
-- One US and one CA short code per powerpack.
create unique index pool_members_shortcode on pool_members (pool_uuid, country_iso2) where kind = 'shortcode';
-- The order in which lists show members.
create index pool_members_listed on pool_members (pool_uuid, added_at, sender) where not parked;

-- Which member keeps talking to a destination.
create table sticky_senders (
  pool_uuid uuid not null,
  destination text not null,
  sender text not null,
  country_iso2 text not null,
  last_message_at timestamptz not null,
  primary key (pool_uuid, destination),
  foreign key (pool_uuid, sender, country_iso2)
    references pool_members (pool_uuid, sender, country_iso2) on delete cascade
);

create index sticky_senders_of_member on sticky_senders (pool_uuid, sender, country_iso2);

-- Where the replies to a number go: to its powerpack's application when that is set, else to its own.
create view effective_applications as
select numbers.number, coalesce(powerpacks.application_id, numbers.application_id) as application_id
from numbers
left join pool_members on pool_members.number = numbers.number
left join powerpacks on powerpacks.pool_uuid = pool_members.pool_uuid and powerpacks.deleted_at is null;

-- Subaccounts that own powerpacks: deleting one of them deletes those, which has to be asked for and which a protected one forbids.
create view subaccounts_with_powerpacks as
select account_id as auth_id, bool_or(deletion_protection) as has_protected
from powerpacks where deleted_at is null and account_id like 'SA%' group by account_id;

-- Which account's powerpack a number is in.
create view pooled_numbers as
select pool_members.number, powerpacks.account_id, powerpacks.uuid as powerpack_uuid
from pool_members
join powerpacks on powerpacks.pool_uuid = pool_members.pool_uuid
where pool_members.number is not null and powerpacks.deleted_at is null;
