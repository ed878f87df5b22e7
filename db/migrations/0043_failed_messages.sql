-- The outbound messages that have failed or were undelivered, apart from all others: what went wrong in a stretch of time is counted by
-- reading these alone. A row is written with the status, in its transaction, and never changes.
create table failed_messages (
  message_id uuid primary key,
  account_id text not null,
  subaccount_id text,
  status text not null,
  error_code smallint not null,
  service text not null,
  sender text not null,
  powerpack_uuid uuid,
  country_iso2 text not null,
  -- The three digits after country code 1; empty elsewhere.
  area_code text not null
);
create index failed_messages_of_account on failed_messages (account_id, message_id);

insert into failed_messages
select id, account_id, subaccount_id, status, coalesce(error_code, 1000), service, sender, powerpack_uuid, country_iso2,
  case when destination like '1__________' then substr(destination, 2, 3) else '' end
from messages where direction = 'outbound' and status in ('failed', 'undelivered');
