-- Reports give several names that may be meant, or our own reference, and whom the message went to; they speak of parts.

alter table unmatched_reports
  add column candidates jsonb,
  add column reference text,
  add column destination text,
  add column covers text not null default 'message'
    constraint unmatched_reports_covers_check check (covers in ('part', 'message')),
  add column detail text;
update unmatched_reports set candidates = jsonb_build_array(carrier_message_id);
alter table unmatched_reports
  alter column candidates set not null,
  alter column covers drop default,
  drop column carrier_message_id,
  drop constraint unmatched_reports_outcome_check,
  add constraint unmatched_reports_outcome_check check (outcome in ('delivered', 'undelivered', 'progress'));

-- Messages of which some parts were reported as delivered, and none as undelivered.
create table awaited_parts (
  message_id uuid primary key,
  due_at timestamptz not null
);
create index awaited_parts_due on awaited_parts (due_at);
