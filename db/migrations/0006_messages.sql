-- Messages, the lanes and the outbox that pace them, what carriers and customers are told, and opt-outs.

-- Identifiers are UUIDs of version 7 made at the moment of `accepted_at`: their order is that of time. No column that changes is
-- indexed, so that a change of status rewrites one page. Nothing here refers to accounts, numbers or powerpacks by
-- foreign key: messages are history and outlive them.
create table messages (
  id uuid primary key,
  -- The main account; and the subaccount that it was sent by or received for.
  account_id text not null,
  subaccount_id text,
  direction text not null check (direction in ('outbound', 'inbound')),
  status text not null
    check (status in ('queued', 'sent', 'delivered', 'undelivered', 'failed', 'received')),
  service text not null check (service in ('sms', 'mms')),
  sender text not null,
  destination text not null,
  -- Of the destination of what we send, of the sender of what we receive.
  country_iso2 text not null,
  -- Null once it may be kept no longer, or where it may not be kept at all.
  text text,
  segments smallint not null,
  log text not null check (log in ('true', 'false', 'content_only', 'number_only')),
  powerpack_uuid uuid,
  -- A code of messages/error-codes.ts; 0 after a positive report.
  error_code smallint,
  accepted_at timestamptz not null,
  -- The appointment: when its number is free for it.
  due_at timestamptz,
  sent_at timestamptz,
  -- When its status became final.
  finished_at timestamptz,
  updated_at timestamptz,
  callback_url text,
  callback_method text,
  callbacks smallint not null default 0,
  requester_ip text,
  -- Which rule chose the sender and how many members each other rule put aside.
  selection jsonb,
  carrier text,
  -- What few messages have: {"dltEntityId", "dltTemplateId", "dltTemplateCategory", "trackable"}.
  details jsonb
) with (fillfactor = 80);

create index messages_of_account on messages (account_id, id);
create index messages_of_subaccount on messages (subaccount_id, id) where subaccount_id is not null;

-- What happened to a message beside the ordinary: retries, doubts, why it failed, what was wrong with a customer's answer.
create table message_events (
  message_id uuid not null,
  at timestamptz not null,
  event text not null,
  detail text not null
);
create index message_events_of_message on message_events (message_id, at);

-- A number's queue. A lane is named by the number's digits, or by code and country for a short code ("72345/US").
create table lanes (
  lane text primary key,
  -- The next appointment that can be given.
  next_free timestamptz not null,
  last_position bigint not null,
  queued integer not null,
  -- The UTC day that `segments_today` counts for.
  day date not null,
  segments_today integer not null,
  -- Not before this may its next message be submitted.
  paced_until timestamptz,
  -- The process that dispatches it, and until when without renewal.
  holder uuid,
  held_until timestamptz
) with (fillfactor = 50);

-- One row for each message that is queued. Positions are given under the lock of the lane's row: in the order of commits.
create table outbox (
  lane text not null,
  position bigint not null,
  message_id uuid not null,
  due_at timestamptz not null,
  expires_at timestamptz not null,
  -- For how long the number is busy after this message.
  busy_ms integer not null,
  -- How often it was handed to the carrier, or tried.
  attempts smallint not null default 0,
  -- Set before the carrier is called: a row that is found with it was perhaps submitted.
  submitting_at timestamptz,
  primary key (lane, position)
) with (fillfactor = 80);

-- The carrier's own names of messages, so that reports find them and what comes in twice is seen.
create table carrier_messages (
  carrier text not null,
  carrier_message_id text not null,
  message_id uuid not null,
  at timestamptz not null,
  primary key (carrier, carrier_message_id)
);
create index carrier_messages_by_age on carrier_messages using brin (at);

-- Reports whose message is not known yet: they overtook the note of its submission.
create table unmatched_reports (
  id uuid primary key,
  carrier text not null,
  carrier_message_id text not null,
  outcome text not null check (outcome in ('delivered', 'undelivered')),
  error_code smallint,
  reported_at timestamptz not null,
  attempts smallint not null,
  next_at timestamptz not null,
  leased_until timestamptz
);
create index unmatched_reports_due on unmatched_reports (next_at);

-- Finished messages of a lane by the hour, for its health.
create table lane_hours (
  lane text not null,
  hour timestamptz not null,
  finished integer not null,
  delivered integer not null,
  primary key (lane, hour)
) with (fillfactor = 70);

-- Who wrote STOP, and to what: a lane, or all members of a pool ("pool/UUID").
create table opt_outs (
  account_id text not null,
  destination text not null,
  scope text not null,
  opted_out_at timestamptz not null,
  -- Within five minutes one message is let through as the acknowledgement.
  acknowledged boolean not null,
  primary key (account_id, destination, scope)
);

-- Calls to customers' URLs: the log, and the queue of those that are still to be made.
create table webhook_calls (
  id uuid primary key,
  -- Whose tokens sign it: the account that owns the message, and its main account (the same for a main account's).
  account_id text not null,
  main_id text not null,
  message_id uuid not null,
  kind text not null check (kind in ('status', 'inbound')),
  url text not null,
  -- Host and port that the URL leads to.
  receiver text not null,
  method text not null check (method in ('GET', 'POST')),
  -- [[name, value], …] in the order in which they are sent; null once they may be kept no longer.
  parameters jsonb,
  -- Whether the parameters may not be kept once the call is done.
  is_private boolean not null,
  created_at timestamptz not null,
  outcome text not null check (outcome in ('pending', 'delivered', 'failed')),
  -- How often it was tried.
  attempts smallint not null default 0,
  -- When it is due; null once it is done.
  next_at timestamptz,
  leased_until timestamptz,
  -- The attempts: [{"at", "durationMs", "status", "error", "answer", "nonce"}].
  log jsonb not null default '[]'
) with (fillfactor = 70);
create index webhook_calls_due on webhook_calls (receiver, next_at) where next_at is not null;
create index webhook_calls_of_message on webhook_calls (message_id);
create index webhook_calls_listed on webhook_calls (main_id, id);
create index webhook_calls_of_subaccount on webhook_calls (account_id, id) where account_id <> main_id;

-- First answers by the caller's own key, so that a repeated request is answered and not done again.
create table idempotency_keys (
  account_id text not null,
  key text not null,
  -- SHA-256 of method, path and parameters.
  fingerprint bytea not null,
  -- Null while the first request is under way.
  status smallint,
  -- Encrypted: answers may hold new tokens.
  sealed_body bytea,
  created_at timestamptz not null,
  primary key (account_id, key)
);
create index idempotency_keys_by_age on idempotency_keys (created_at);

-- How far the removal of old texts has come: everything before this message has lost its text.
create table tidied (
  what text primary key,
  up_to uuid not null
);
