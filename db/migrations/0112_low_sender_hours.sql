-- The share of an hour's messages that arrived, in whole tenths, so that senders with a bad hour are found without reading all hours. It changes seldom
-- once an hour has some messages, so that counting one more writes no index.
alter table sender_hours add column delivered_tenths smallint not null
  generated always as (delivered * 10 / greatest(finished, 1)) stored;
create index sender_hours_by_share on sender_hours (delivered_tenths, hour);
