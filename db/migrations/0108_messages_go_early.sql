-- A message goes before its send slot where others before it have left their sender queue. One before whose slot the recipient has quiet hours does
-- not; of those that wait already it is not known, so that they keep to their slots.
alter table outbox add column not_before timestamptz;
update outbox set not_before = due_at where quiet_from is not null;
