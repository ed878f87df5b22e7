-- Messages with an attempt whose end is not known: a receipt without a name of ours may be its receipt.
create table unknown_attempts (
  message_id uuid primary key,
  carrier text not null,
  sender text not null,
  destination text not null,
  at timestamptz not null
);
-- Carriers write numbers in national and international form: the last digits are those that agree.
create index unknown_attempts_of_pair on unknown_attempts (right(sender, 7), right(destination, 7));
create index unknown_attempts_by_age on unknown_attempts (at);
alter table unmatched_reports add column sender text;
