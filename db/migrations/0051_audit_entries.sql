-- Who changed what in an account, from where, with the state before and after. It names no account by foreign key: it stays when a
-- subaccount goes.
create table audit_entries (
  id uuid primary key,
  account_id text not null,
  subaccount_id text,
  at timestamptz not null,
  caller_kind text not null check (caller_kind in ('token', 'operator', 'api_key', 'command_line')),
  -- An auth id, the id of an API key, or the user of the machine.
  caller_id text not null,
  -- Of an API key: its name at that time.
  caller_name text,
  address text,
  method text not null,
  -- Below the account.
  path text not null,
  before jsonb,
  after jsonb
);
create index audit_entries_of_account on audit_entries (account_id, id);
