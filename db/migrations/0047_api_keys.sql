-- Credentials beside the auth token, each with a role. A key's id has the form of an auth id, because SDKs take no other.
create table api_keys (
  key_id text primary key check (key_id ~ '^(MA|SA)[A-Z0-9]{18}$'),
  account_id text not null references accounts (auth_id) on delete cascade,
  name text not null check (char_length(name) between 1 and 255),
  role text not null check (role in ('read_only', 'sender', 'operator')),
  secret_sha256 bytea not null,
  created_at timestamptz not null
);
create index api_keys_of_account on api_keys (account_id, created_at, key_id);
