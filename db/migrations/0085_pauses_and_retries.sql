-- URLs to which no calls are made for now. URLs may be longer than an entry of an index: their digest stands for them.
create table webhook_pauses (
  main_id text not null references accounts (auth_id) on delete cascade,
  url text not null,
  paused_at timestamptz not null
);
create unique index webhook_pauses_once on webhook_pauses (main_id, md5(url));
-- Calls that wait for the end of a pause: they are due at no moment.
create index webhook_calls_paused on webhook_calls (main_id, id) where outcome = 'pending' and next_at is null;

-- Seconds before each retry of a call about a message that came in; null for the usual ones.
alter table applications add column message_retry_seconds integer[];
-- Messages whose calls are retried by a schedule of their own: seconds before each retry.
create view message_retries as
  select id as message_id, details -> 'callbackRetrySeconds' as retry_seconds from messages;
