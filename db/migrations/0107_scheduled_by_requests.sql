-- The limit of an account's scheduled messages counts those that requests have scheduled, not those that quiet hours keep.
create index scheduled_messages_of_requests on scheduled_messages (account_id) where ended_at is null and reason = 'request';
