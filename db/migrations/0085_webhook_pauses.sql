-- URLs to which no calls are made for now. URLs may be longer than an entry of an index: their digest stands for them.
create table webhook_pauses (
  main_id text not null references accounts (auth_id) on delete cascade,
  url text not null,
  paused_at timestamptz not null
);
create unique index webhook_pauses_once on webhook_pauses (main_id, md5(url));
-- Calls that wait for the end of a pause: they are due at no moment.
create index webhook_calls_paused on webhook_calls (main_id, id) where outcome = 'pending' and next_at is null;
