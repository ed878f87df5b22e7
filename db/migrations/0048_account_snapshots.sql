-- States of accounts to which the test kit puts them back: the rows of their tables, as they were.
create table account_snapshots (
  account_id text not null references accounts (auth_id) on delete cascade,
  name text not null,
  taken_at timestamptz not null,
  -- The last migration then: rows of another schema do not fit.
  schema text not null,
  state jsonb not null,
  primary key (account_id, name)
);
