-- Phone numbers that accounts rent or brought along.

create table numbers (
  -- Digits of the E.164 number. A number belongs to one account at a time, or replies could not find their way.
  number text primary key check (number ~ '^[1-9][0-9]{5,14}$'),
  account_id text not null references accounts (auth_id) on delete cascade,
  subaccount_id text references accounts (auth_id) on delete set null,
  application_id text references applications (app_id) on delete set null,
  alias text not null,
  kind text not null check (kind in ('longcode', 'tollfree')),
  number_type text not null check (number_type in ('local', 'tollfree', 'mobile', 'fixed', 'national')),
  country_iso2 text not null check (country_iso2 ~ '^[A-Z]{2}$'),
  -- For people: what the vendor calls the region, such as "California, UNITED STATES".
  region text not null,
  carrier text not null,
  sms_enabled boolean not null,
  mms_enabled boolean not null,
  voice_enabled boolean not null,
  added_at timestamptz not null
);

create index numbers_of_account on numbers (account_id, number);
-- Searches of the simulator's inventory leave out what is taken of it: 555-0100 to 555-0199 of every area code.
create index numbers_fictitious on numbers (number) where substr(number, 5, 5) = '55501';
create index numbers_of_subaccount on numbers (subaccount_id) where subaccount_id is not null;
create index numbers_of_application on numbers (application_id) where application_id is not null;

-- Numbers that were unrented, as they were, held for their account for a while before anyone may rent them.
create table held_numbers (
  number text primary key,
  account_id text not null references accounts (auth_id) on delete cascade,
  subaccount_id text references accounts (auth_id) on delete set null,
  application_id text references applications (app_id) on delete set null,
  alias text not null,
  kind text not null,
  number_type text not null,
  country_iso2 text not null,
  region text not null,
  carrier text not null,
  sms_enabled boolean not null,
  mms_enabled boolean not null,
  voice_enabled boolean not null,
  added_at timestamptz not null,
  unrented_at timestamptz not null
);

create index held_numbers_of_account on held_numbers (account_id);
create index held_numbers_fictitious on held_numbers (number) where substr(number, 5, 5) = '55501';
create index held_numbers_by_age on held_numbers (unrented_at);
create index held_numbers_of_subaccount on held_numbers (subaccount_id) where subaccount_id is not null;
create index held_numbers_of_application on held_numbers (application_id) where application_id is not null;
