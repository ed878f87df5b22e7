-- Messages that wait for their moment before they get a send slot. A row outlives the waiting by as long as texts are kept: retention has gone past
-- messages that wait for weeks by the time they are sent, and finds their texts by it.
create table scheduled_messages (
  message_id uuid primary key,
  -- The main account.
  account_id text not null,
  -- From then on it may get a send slot.
  send_at timestamptz not null,
  reason text not null check (reason in ('request', 'quiet_hours')),
  -- When it stopped waiting: it got its send slot, or was cancelled.
  ended_at timestamptz
);
create index scheduled_messages_of_account on scheduled_messages (account_id, send_at, message_id) where ended_at is null;
create index scheduled_messages_next on scheduled_messages (send_at) where ended_at is null;
create index scheduled_messages_ended on scheduled_messages (ended_at) where ended_at is not null;
