-- What the lists of a busy account are read by: the messages that people sent, and the callbacks that failed for good.
create index messages_received on messages (account_id, id) where direction = 'inbound';
create index webhook_calls_failed on webhook_calls (main_id, id) where outcome = 'failed';
