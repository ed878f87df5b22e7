-- What was wrong in an account, from when until when. An open incident is one row, however many processes look for it.
create table incidents (
  id uuid primary key,
  account_id text not null references accounts(auth_id) on delete cascade,
  kind text not null check (kind in ('carrier', 'error_code', 'late_messages', 'number', 'webhook_url')),
  -- The carrier, the code, the powerpack, the number or the URL; empty for late messages without a powerpack.
  subject text not null,
  began_at timestamptz not null,
  -- When it was seen last.
  seen_at timestamptz not null,
  -- When it was seen last, once it is over.
  ended_at timestamptz,
  -- At its worst: messages or callbacks that it concerned, of how many.
  affected integer not null,
  total integer not null,
  sentence text not null
);
-- A URL may be longer than an index takes.
create unique index incidents_open on incidents (account_id, kind, md5(subject)) where ended_at is null;
create index incidents_of_account on incidents (account_id, id);
-- Callbacks that have failed and are tried again.
create index webhook_calls_retried on webhook_calls (main_id, id) where outcome = 'pending' and attempts > 0;
