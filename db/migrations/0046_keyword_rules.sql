-- How a powerpack reads and answers STOP, START and HELP; null for the vendor's way.
alter table powerpacks add column keyword_rules jsonb;
