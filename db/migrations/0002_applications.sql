-- Applications: where inbound messages and calls go.

create table applications (
  -- Decimal digits for XML applications, a UUID for PHLO ones, as the vendor's.
  app_id text primary key,
  account_id text not null references accounts (auth_id) on delete cascade,
  subaccount_id text references accounts (auth_id) on delete set null,
  app_name text not null,
  application_type text not null check (application_type in ('XML', 'PHLO')),
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
  created_at timestamptz not null
);

create index applications_of_account on applications (account_id, created_at, app_id);
create index applications_of_subaccount on applications (subaccount_id) where subaccount_id is not null;
create unique index applications_default on applications (account_id) where default_number_app;
