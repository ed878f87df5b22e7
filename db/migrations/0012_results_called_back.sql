-- A request that names a `callback_url` has its answer called back: a call that tells of no message.

alter table webhook_calls alter column message_id drop not null;
alter table webhook_calls drop constraint webhook_calls_kind_check;
alter table webhook_calls add constraint webhook_calls_kind_check
  check (kind = any (array['status', 'inbound', 'result']) and (kind = 'result') = (message_id is null));
