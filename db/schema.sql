-- The database on one page, written by scripts/dump-schema.mjs after all migrations. Not to be edited.

create table accounts (
  auth_id text not null,
  main_id text,
  name text not null,
  enabled boolean default true not null,
  city text default ''::text not null,
  address text default ''::text not null,
  state text default ''::text not null,
  created_at timestamp with time zone not null,
  modified_at timestamp with time zone,
  constraint accounts_pkey primary key (auth_id),
  constraint accounts_main_id_fkey foreign key (main_id) references accounts(auth_id) on delete cascade,
  constraint accounts_auth_id_check check (auth_id ~ '^(MA|SA)[A-Z0-9]{18}$'::text),
  constraint accounts_check check ((main_id is null) = (auth_id ~~ 'MA%'::text))
);
create index accounts_of_main on accounts using btree (main_id, auth_id);

create table applications (
  app_id text not null,
  account_id text not null,
  subaccount_id text,
  app_name text not null,
  application_type text not null,
  answer_url text not null,
  answer_method text not null,
  hangup_url text not null,
  hangup_method text not null,
  fallback_answer_url text not null,
  fallback_method text not null,
  message_url text not null,
  message_method text not null,
  default_number_app boolean not null,
  default_endpoint_app boolean not null,
  log_incoming_messages boolean not null,
  public_uri boolean not null,
  created_at timestamp with time zone not null,
  constraint applications_pkey primary key (app_id),
  constraint applications_account_id_fkey foreign key (account_id) references accounts(auth_id) on delete cascade,
  constraint applications_subaccount_id_fkey foreign key (subaccount_id) references accounts(auth_id) on delete set null,
  constraint applications_application_type_check check (application_type = any (array['XML'::text, 'PHLO'::text]))
);
create unique index applications_default on applications using btree (account_id) where default_number_app;
create index applications_of_account on applications using btree (account_id, created_at, app_id);
create index applications_of_subaccount on applications using btree (subaccount_id) where subaccount_id is not null;

create table auth_tokens (
  auth_id text not null,
  token_sha256 bytea not null,
  sealed_token bytea not null,
  valid_until timestamp with time zone,
  created_at timestamp with time zone not null,
  constraint auth_tokens_pkey primary key (auth_id, token_sha256),
  constraint auth_tokens_auth_id_fkey foreign key (auth_id) references accounts(auth_id) on delete cascade
);
create unique index auth_tokens_current on auth_tokens using btree (auth_id) where valid_until is null;

create table held_numbers (
  number text not null,
  account_id text not null,
  subaccount_id text,
  application_id text,
  alias text not null,
  kind text not null,
  number_type text not null,
  country_iso2 text not null,
  region text not null,
  carrier text not null,
  sms_enabled boolean not null,
  mms_enabled boolean not null,
  voice_enabled boolean not null,
  added_at timestamp with time zone not null,
  unrented_at timestamp with time zone not null,
  constraint held_numbers_pkey primary key (number),
  constraint held_numbers_account_id_fkey foreign key (account_id) references accounts(auth_id) on delete cascade,
  constraint held_numbers_application_id_fkey foreign key (application_id) references applications(app_id) on delete set null,
  constraint held_numbers_subaccount_id_fkey foreign key (subaccount_id) references accounts(auth_id) on delete set null
);
create index held_numbers_by_age on held_numbers using btree (unrented_at);
create index held_numbers_fictitious on held_numbers using btree (number) where substr(number, 5, 5) = '55501'::text;
create index held_numbers_of_account on held_numbers using btree (account_id);
create index held_numbers_of_application on held_numbers using btree (application_id) where application_id is not null;
create index held_numbers_of_subaccount on held_numbers using btree (subaccount_id) where subaccount_id is not null;

create table migrations (
  name text not null,
  applied_at timestamp with time zone default now() not null,
  constraint migrations_pkey primary key (name)
);

create table numbers (
  number text not null,
  account_id text not null,
  subaccount_id text,
  application_id text,
  alias text not null,
  kind text not null,
  number_type text not null,
  country_iso2 text not null,
  region text not null,
  carrier text not null,
  sms_enabled boolean not null,
  mms_enabled boolean not null,
  voice_enabled boolean not null,
  added_at timestamp with time zone not null,
  constraint numbers_pkey primary key (number),
  constraint numbers_account_id_fkey foreign key (account_id) references accounts(auth_id) on delete cascade,
  constraint numbers_application_id_fkey foreign key (application_id) references applications(app_id) on delete set null,
  constraint numbers_subaccount_id_fkey foreign key (subaccount_id) references accounts(auth_id) on delete set null,
  constraint numbers_country_iso2_check check (country_iso2 ~ '^[A-Z]{2}$'::text),
  constraint numbers_kind_check check (kind = any (array['longcode'::text, 'tollfree'::text])),
  constraint numbers_number_check check (number ~ '^[1-9][0-9]{5,14}$'::text),
  constraint numbers_number_type_check check (number_type = any (array['local'::text, 'tollfree'::text, 'mobile'::text, 'fixed'::text, 'national'::text]))
);
create index numbers_fictitious on numbers using btree (number) where substr(number, 5, 5) = '55501'::text;
create index numbers_of_account on numbers using btree (account_id, number);
create index numbers_of_application on numbers using btree (application_id) where application_id is not null;
create index numbers_of_subaccount on numbers using btree (subaccount_id) where subaccount_id is not null;

create table pool_members (
  pool_uuid uuid not null,
  sender text not null,
  kind text not null,
  member_type text not null,
  country_iso2 text not null,
  service text not null,
  added_at timestamp with time zone not null,
  number text,
  parked boolean default false not null,
  constraint pool_members_pkey primary key (pool_uuid, sender, country_iso2),
  constraint pool_members_number_fkey foreign key (number) references numbers(number) on delete cascade,
  constraint pool_members_pool_uuid_fkey foreign key (pool_uuid) references powerpacks(pool_uuid) on delete cascade,
  constraint pool_members_check check (parked or (kind = 'shortcode'::text) = (number is null)),
  constraint pool_members_check1 check (not parked or number is null),
  constraint pool_members_kind_check check (kind = any (array['longcode'::text, 'tollfree'::text, 'shortcode'::text])),
  constraint pool_members_member_type_check check (member_type = any (array['fixed'::text, 'tollfree'::text, 'mobile'::text, 'shortcode'::text])),
  constraint pool_members_service_check check (service = any (array['sms'::text, 'mms'::text]))
);
create index pool_members_listed on pool_members using btree (pool_uuid, added_at, sender) where not parked;
create unique index pool_members_number on pool_members using btree (number) where number is not null;
create unique index pool_members_sender on pool_members using btree (sender, country_iso2) where not parked;
create unique index pool_members_shortcode on pool_members using btree (pool_uuid, country_iso2) where kind = 'shortcode'::text;

create table powerpacks (
  uuid uuid not null,
  pool_uuid uuid not null,
  account_id text not null,
  name text not null,
  sticky_sender boolean not null,
  local_connect boolean not null,
  application_id text,
  number_priority jsonb not null,
  deletion_protection boolean not null,
  created_at timestamp with time zone not null,
  deleted_at timestamp with time zone,
  constraint powerpacks_pkey primary key (uuid),
  constraint powerpacks_pool_uuid_key unique (pool_uuid),
  constraint powerpacks_account_id_fkey foreign key (account_id) references accounts(auth_id) on delete cascade,
  constraint powerpacks_application_id_fkey foreign key (application_id) references applications(app_id) on delete set null,
  constraint powerpacks_name_check check (char_length(name) >= 1 and char_length(name) <= 255)
);
create index powerpacks_deleted on powerpacks using btree (deleted_at) where deleted_at is not null;
create unique index powerpacks_name on powerpacks using btree (account_id, name) where deleted_at is null;
create index powerpacks_of_account on powerpacks using btree (account_id, created_at, uuid) where deleted_at is null;
create index powerpacks_of_application on powerpacks using btree (application_id) where application_id is not null;

create table sticky_senders (
  pool_uuid uuid not null,
  destination text not null,
  sender text not null,
  country_iso2 text not null,
  last_message_at timestamp with time zone not null,
  constraint sticky_senders_pkey primary key (pool_uuid, destination),
  constraint sticky_senders_pool_uuid_sender_country_iso2_fkey foreign key (pool_uuid, sender, country_iso2) references pool_members(pool_uuid, sender, country_iso2) on delete cascade
);
create index sticky_senders_of_member on sticky_senders using btree (pool_uuid, sender, country_iso2);

create view effective_applications as
 select numbers.number,
    coalesce(powerpacks.application_id, numbers.application_id) as application_id
   from numbers
     left join pool_members on pool_members.number = numbers.number
     left join powerpacks on powerpacks.pool_uuid = pool_members.pool_uuid and powerpacks.deleted_at is null;

create view pooled_numbers as
 select pool_members.number,
    powerpacks.account_id,
    powerpacks.uuid as powerpack_uuid
   from pool_members
     join powerpacks on powerpacks.pool_uuid = pool_members.pool_uuid
  where pool_members.number is not null and powerpacks.deleted_at is null;

create view subaccounts_with_powerpacks as
 select account_id as auth_id,
    bool_or(deletion_protection) as has_protected
   from powerpacks
  where deleted_at is null and account_id ~~ 'SA%'::text
  group by account_id;
