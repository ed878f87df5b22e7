-- Calls that wait for the end of a pause are found by their URL: those of a pause that has ended are made due a slice at a time.
drop index webhook_calls_paused;
create index webhook_calls_paused on webhook_calls (main_id, md5(url), id) where outcome = 'pending' and next_at is null;

-- The sender queues of short codes: messages may wait there after the short code has left its pool, so that only its name tells.
create index sender_queues_of_short_codes on sender_queues (queue) where queue like '%/%';
