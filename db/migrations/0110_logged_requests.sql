-- What was asked of an account, by whom, and what was answered. It names no account by foreign key: it stays when a subaccount goes.
create table logged_requests (
  -- The api_id of the answer.
  id uuid not null,
  account_id text not null,
  subaccount_id text,
  at timestamptz not null,
  duration_ms integer not null,
  -- Null where the credentials were refused.
  caller_kind text check (caller_kind in ('token', 'operator', 'api_key')),
  caller_id text,
  -- Of an API key: its name at that time.
  caller_name text,
  address text not null,
  client text,
  method text not null,
  -- Below the account.
  path text not null,
  status smallint not null,
  -- JSON, as text: what was refused may have characters that jsonb does not take.
  parameters text,
  answer text,
  primary key (id)
) partition by range (id);
create index logged_requests_of_account on logged_requests (account_id, id);
create index logged_requests_refused on logged_requests (account_id, id) where status >= 400;
create table logged_requests_first partition of logged_requests for values from (minvalue) to (maxvalue);
