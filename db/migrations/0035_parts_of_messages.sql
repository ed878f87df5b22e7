-- Carriers name the parts of a message one by one, may take some of them only, and there are several carriers.

-- A message of one part has neither number nor outcome of its own: its row takes no more room than before.
alter table carrier_messages
  add column part smallint,
  add column outcome text constraint carrier_messages_outcome_check check (outcome in ('delivered', 'undelivered'));
create index carrier_messages_of_parts on carrier_messages (message_id) where part is not null;

alter table outbox
  add column unknown_attempts smallint not null default 0,
  add column carrier text,
  add column parts_taken smallint not null default 0;
-- What is marked has been tried without a known end, as far as anybody knows each time.
update outbox set unknown_attempts = attempts where submitting_at is not null;
