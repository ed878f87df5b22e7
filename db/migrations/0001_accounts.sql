-- Accounts, their subaccounts and their auth tokens.

create table accounts (
  auth_id text primary key check (auth_id ~ '^(MA|SA)[A-Z0-9]{18}$'),
  -- The main account of a subaccount; null for a main account.
  main_id text references accounts (auth_id) on delete cascade,
  name text not null,
  enabled boolean not null default true,
  city text not null default '',
  address text not null default '',
  state text not null default '',
  created_at timestamptz not null,
  modified_at timestamptz,
  check ((main_id is null) = (auth_id like 'MA%'))
);

create index accounts_of_main on accounts (main_id, auth_id);

-- The current token of an account has no end; a rotated one stays valid until its end.
create table auth_tokens (
  auth_id text not null references accounts (auth_id) on delete cascade,
  -- What logins are compared with. Tokens are long and random, so that a plain digest is enough.
  token_sha256 bytea not null,
  -- The token itself, encrypted: callbacks are signed with it.
  sealed_token bytea not null,
  valid_until timestamptz,
  created_at timestamptz not null,
  primary key (auth_id, token_sha256)
);

create unique index auth_tokens_current on auth_tokens (auth_id) where valid_until is null;
