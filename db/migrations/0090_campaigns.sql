-- 10DLC: the brands and campaigns that an account has registered elsewhere, which of its numbers send for a campaign, and how fast they may.
create table brands (
  account_id text not null references accounts (auth_id) on delete cascade,
  brand_id text not null check (brand_id ~ '^[A-Z0-9]{1,20}$'),
  alias text not null check (char_length(alias) between 1 and 255),
  brand_type text not null check (brand_type in ('STANDARD', 'STARTER', 'SOLE_PROPRIETOR')),
  vetting_score smallint check (vetting_score between 0 and 100),
  daily_segments integer check (daily_segments >= 0),
  facts jsonb not null,
  created_at timestamptz not null,
  primary key (account_id, brand_id)
);
create index brands_listed on brands (account_id, created_at, brand_id);

create table campaigns (
  account_id text not null,
  campaign_id text not null check (campaign_id ~ '^[A-Z0-9]{1,20}$'),
  brand_id text not null,
  alias text not null check (char_length(alias) between 1 and 255),
  usecase text not null,
  segments_per_minute integer check (segments_per_minute >= 0),
  facts jsonb not null,
  created_at timestamptz not null,
  primary key (account_id, campaign_id),
  foreign key (account_id, brand_id) references brands (account_id, brand_id) on delete cascade
);
create index campaigns_listed on campaigns (account_id, created_at, campaign_id);
create index campaigns_of_brand on campaigns (account_id, brand_id);

-- What has been sent, for the limits: of a campaign in the last seconds, of a brand on its present day.
create table campaign_pace (
  account_id text not null,
  campaign_id text not null,
  seconds jsonb not null default '[]',
  primary key (account_id, campaign_id),
  foreign key (account_id, campaign_id) references campaigns (account_id, campaign_id) on delete cascade
) with (fillfactor = 50);
create table brand_pace (
  account_id text not null,
  brand_id text not null,
  day date,
  segments integer not null default 0,
  primary key (account_id, brand_id),
  foreign key (account_id, brand_id) references brands (account_id, brand_id) on delete cascade
) with (fillfactor = 50);

alter table numbers add column campaign_id text;
alter table numbers add constraint numbers_campaign_fkey
  foreign key (account_id, campaign_id) references campaigns (account_id, campaign_id) on delete set null (campaign_id);
create index numbers_of_campaign on numbers (account_id, campaign_id, number) where campaign_id is not null;

create or replace function count_number_change() returns trigger language plpgsql as $$
begin
  perform note_pool_changes(
    array_agg(pool_members.pool_uuid), array_agg(pool_members.sender), array_agg(pool_members.country_iso2))
  from changed join before using (number) join pool_members on pool_members.number = changed.number
  where (changed.sms_enabled, changed.mms_enabled, changed.tollfree_verification, changed.campaign_id)
    is distinct from (before.sms_enabled, before.mms_enabled, before.tollfree_verification, before.campaign_id);
  return null;
end $$;
