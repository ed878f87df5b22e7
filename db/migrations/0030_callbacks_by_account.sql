-- Callbacks are taken by account in turn: those that wait are found by account and host. The index stands in for the one by host, so that
-- a callback is written as often as before.
create index webhook_calls_waiting on webhook_calls (main_id, receiver, next_at) where next_at is not null;
drop index webhook_calls_due;
