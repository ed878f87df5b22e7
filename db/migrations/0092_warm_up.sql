-- Segments a day of a new member, by the days since it was added: none without a warm-up.
alter table powerpacks add column warm_up integer[] not null default '{}';
