-- The database on one page, written by scripts/dump-schema.mjs after all migrations. Not to be edited.

create table account_snapshots (
  account_id text not null,
  name text not null,
  taken_at timestamp with time zone not null,
  schema text not null,
  state jsonb not null,
  constraint account_snapshots_pkey primary key (account_id, name),
  constraint account_snapshots_account_id_fkey foreign key (account_id) references accounts(auth_id) on delete cascade
);

create table accounts (
  auth_id text not null,
  main_id text,
  name text not null,
  enabled boolean default true not null,
  city text default ''::text not null,
  address text default ''::text not null,
  state text default ''::text not null,
  created_at timestamp with time zone not null,
  modified_at timestamp with time zone,
  default_country text,
  opt_out_url text,
  opt_out_method text,
  constraint accounts_pkey primary key (auth_id),
  constraint accounts_main_id_fkey foreign key (main_id) references accounts(auth_id) on delete cascade,
  constraint accounts_auth_id_check check (auth_id ~ '^(MA|SA)[A-Z0-9]{18}$'::text),
  constraint accounts_check check ((main_id is null) = (auth_id ~~ 'MA%'::text)),
  constraint accounts_default_country_check check (default_country ~ '^[A-Z]{2}$'::text),
  constraint accounts_opt_out_method_check check (opt_out_method = any (array['GET'::text, 'POST'::text]))
);
create index accounts_of_main on accounts using btree (main_id, auth_id);

create table alphanumeric_senders (
  id uuid not null,
  account_id text not null,
  name text not null,
  status text not null,
  note text,
  reason text,
  requested_at timestamp with time zone not null,
  decided_at timestamp with time zone,
  constraint alphanumeric_senders_pkey primary key (id),
  constraint alphanumeric_senders_account_id_fkey foreign key (account_id) references accounts(auth_id) on delete cascade,
  constraint alphanumeric_senders_name_check check (name ~ '^[A-Za-z0-9 &+._-]{1,11}$'::text and name ~ '[A-Za-z]'::text),
  constraint alphanumeric_senders_status_check check (status = any (array['pending'::text, 'approved'::text, 'rejected'::text]))
);
create unique index alphanumeric_senders_approved on alphanumeric_senders using btree (lower(name)) where status = 'approved'::text;
create index alphanumeric_senders_by_status on alphanumeric_senders using btree (status, requested_at, id);
create unique index alphanumeric_senders_once on alphanumeric_senders using btree (account_id, lower(name));

create table api_keys (
  key_id text not null,
  account_id text not null,
  name text not null,
  role text not null,
  secret_sha256 bytea not null,
  created_at timestamp with time zone not null,
  constraint api_keys_pkey primary key (key_id),
  constraint api_keys_account_id_fkey foreign key (account_id) references accounts(auth_id) on delete cascade,
  constraint api_keys_key_id_check check (key_id ~ '^(MA|SA)[A-Z0-9]{18}$'::text),
  constraint api_keys_name_check check (char_length(name) >= 1 and char_length(name) <= 255),
  constraint api_keys_role_check check (role = any (array['read_only'::text, 'sender'::text, 'operator'::text]))
);
create index api_keys_of_account on api_keys using btree (account_id, created_at, key_id);

create table applications (
  app_id text not null,
  account_id text not null,
  subaccount_id text,
  app_name text not null,
  application_type text not null,
  answer_url text not null,
  answer_method text not null,
  hangup_url text not null,
  hangup_method text not null,
  fallback_answer_url text not null,
  fallback_method text not null,
  message_url text not null,
  message_method text not null,
  default_number_app boolean not null,
  default_endpoint_app boolean not null,
  log_incoming_messages boolean not null,
  public_uri boolean not null,
  created_at timestamp with time zone not null,
  message_retry_seconds integer[],
  constraint applications_pkey primary key (app_id),
  constraint applications_account_id_fkey foreign key (account_id) references accounts(auth_id) on delete cascade,
  constraint applications_subaccount_id_fkey foreign key (subaccount_id) references accounts(auth_id) on delete set null,
  constraint applications_application_type_check check (application_type = any (array['XML'::text, 'PHLO'::text]))
);
create unique index applications_default on applications using btree (account_id) where default_number_app;
create index applications_of_account on applications using btree (account_id, created_at, app_id);
create index applications_of_subaccount on applications using btree (subaccount_id) where subaccount_id is not null;

create table audit_entries (
  id uuid not null,
  account_id text not null,
  subaccount_id text,
  at timestamp with time zone not null,
  caller_kind text not null,
  caller_id text not null,
  caller_name text,
  address text,
  method text not null,
  path text not null,
  before jsonb,
  after jsonb,
  constraint audit_entries_pkey primary key (id),
  constraint audit_entries_caller_kind_check check (caller_kind = any (array['token'::text, 'operator'::text, 'api_key'::text, 'command_line'::text]))
);
create index audit_entries_of_account on audit_entries using btree (account_id, id);
create index audit_entries_of_subaccount on audit_entries using btree (subaccount_id, id) where subaccount_id is not null;

create table auth_tokens (
  auth_id text not null,
  token_sha256 bytea not null,
  encrypted_token bytea not null,
  valid_until timestamp with time zone,
  created_at timestamp with time zone not null,
  constraint auth_tokens_pkey primary key (auth_id, token_sha256),
  constraint auth_tokens_auth_id_fkey foreign key (auth_id) references accounts(auth_id) on delete cascade
);
create unique index auth_tokens_current on auth_tokens using btree (auth_id) where valid_until is null;

create table awaited_parts (
  message_id uuid not null,
  due_at timestamp with time zone not null,
  constraint awaited_parts_pkey primary key (message_id)
);
create index awaited_parts_due on awaited_parts using btree (due_at);

create table brand_pace (
  account_id text not null,
  brand_id text not null,
  day date,
  segments integer default 0 not null,
  constraint brand_pace_pkey primary key (account_id, brand_id),
  constraint brand_pace_account_id_brand_id_fkey foreign key (account_id, brand_id) references brands(account_id, brand_id) on delete cascade
) with (fillfactor=50);

create table brands (
  account_id text not null,
  brand_id text not null,
  alias text not null,
  brand_type text not null,
  vetting_score smallint,
  daily_segments integer,
  facts jsonb not null,
  created_at timestamp with time zone not null,
  constraint brands_pkey primary key (account_id, brand_id),
  constraint brands_account_id_fkey foreign key (account_id) references accounts(auth_id) on delete cascade,
  constraint brands_alias_check check (char_length(alias) >= 1 and char_length(alias) <= 255),
  constraint brands_brand_id_check check (brand_id ~ '^[A-Z0-9]{1,20}$'::text),
  constraint brands_brand_type_check check (brand_type = any (array['STANDARD'::text, 'STARTER'::text, 'SOLE_PROPRIETOR'::text])),
  constraint brands_daily_segments_check check (daily_segments >= 0),
  constraint brands_vetting_score_check check (vetting_score >= 0 and vetting_score <= 100)
);
create index brands_listed on brands using btree (account_id, created_at, brand_id);

create table campaign_pace (
  account_id text not null,
  campaign_id text not null,
  seconds jsonb default '[]'::jsonb not null,
  constraint campaign_pace_pkey primary key (account_id, campaign_id),
  constraint campaign_pace_account_id_campaign_id_fkey foreign key (account_id, campaign_id) references campaigns(account_id, campaign_id) on delete cascade
) with (fillfactor=50);

create table campaigns (
  account_id text not null,
  campaign_id text not null,
  brand_id text not null,
  alias text not null,
  usecase text not null,
  segments_per_minute integer,
  facts jsonb not null,
  created_at timestamp with time zone not null,
  constraint campaigns_pkey primary key (account_id, campaign_id),
  constraint campaigns_account_id_brand_id_fkey foreign key (account_id, brand_id) references brands(account_id, brand_id) on delete cascade,
  constraint campaigns_alias_check check (char_length(alias) >= 1 and char_length(alias) <= 255),
  constraint campaigns_campaign_id_check check (campaign_id ~ '^[A-Z0-9]{1,20}$'::text),
  constraint campaigns_segments_per_minute_check check (segments_per_minute >= 0)
);
create index campaigns_listed on campaigns using btree (account_id, created_at, campaign_id);
create index campaigns_of_brand on campaigns using btree (account_id, brand_id);

create table carrier_bind_holders (
  carrier text not null,
  holder uuid not null,
  seen_until timestamp with time zone not null,
  constraint carrier_bind_holders_pkey primary key (carrier, holder)
);

create table carrier_binds (
  carrier text not null,
  bind smallint not null,
  holder uuid not null,
  held_until timestamp with time zone not null,
  leaving boolean default false not null,
  constraint carrier_binds_pkey primary key (carrier, bind)
);

create table carrier_messages (
  carrier text not null,
  carrier_message_id text not null,
  message_id uuid not null,
  at timestamp with time zone not null,
  part smallint,
  outcome text,
  constraint carrier_messages_pkey primary key (carrier, carrier_message_id),
  constraint carrier_messages_outcome_check check (outcome = any (array['delivered'::text, 'undelivered'::text]))
);
create index carrier_messages_by_age on carrier_messages using brin (at);
create index carrier_messages_of_parts on carrier_messages using btree (message_id) where part is not null;

create table carrier_states (
  carrier text not null,
  process uuid not null,
  state jsonb not null,
  at timestamp with time zone not null,
  constraint carrier_states_pkey primary key (carrier, process)
);

create table carriers (
  name text not null,
  written jsonb not null,
  services text[] not null,
  encrypted_secrets bytea,
  source text not null,
  draining boolean default false not null,
  changed_at timestamp with time zone not null,
  constraint carriers_pkey primary key (name),
  constraint carriers_name_check check (name ~ '^[a-z0-9-]{2,32}$'::text),
  constraint carriers_source_check check (source = any (array['file'::text, 'api'::text]))
);

create table dispatchers (
  holder uuid not null,
  held_until timestamp with time zone not null,
  constraint dispatchers_pkey primary key (holder)
);

create table failed_messages (
  message_id uuid not null,
  account_id text not null,
  subaccount_id text,
  status text not null,
  error_code smallint not null,
  service text not null,
  sender text not null,
  powerpack_uuid uuid,
  country_iso2 text not null,
  area_code text not null,
  constraint failed_messages_pkey primary key (message_id)
) partition by range (message_id);
create index failed_messages_of_account on failed_messages using btree (account_id, message_id);

create table failed_messages_first partition of failed_messages for values from (minvalue) to (maxvalue);

create table held_numbers (
  number text not null,
  account_id text not null,
  subaccount_id text,
  application_id text,
  alias text not null,
  kind text not null,
  number_type text not null,
  country_iso2 text not null,
  region text not null,
  carrier text not null,
  sms_enabled boolean not null,
  mms_enabled boolean not null,
  voice_enabled boolean not null,
  added_at timestamp with time zone not null,
  unrented_at timestamp with time zone not null,
  tollfree_verification text,
  constraint held_numbers_pkey primary key (number),
  constraint held_numbers_account_id_fkey foreign key (account_id) references accounts(auth_id) on delete cascade,
  constraint held_numbers_application_id_fkey foreign key (application_id) references applications(app_id) on delete set null,
  constraint held_numbers_subaccount_id_fkey foreign key (subaccount_id) references accounts(auth_id) on delete set null
);
create index held_numbers_by_age on held_numbers using btree (unrented_at);
create index held_numbers_fictitious on held_numbers using btree (number) where substr(number, 5, 5) = '55501'::text;
create index held_numbers_of_account on held_numbers using btree (account_id);
create index held_numbers_of_application on held_numbers using btree (application_id) where application_id is not null;
create index held_numbers_of_subaccount on held_numbers using btree (subaccount_id) where subaccount_id is not null;

create table idempotency_keys (
  account_id text not null,
  key text not null,
  fingerprint bytea not null,
  status smallint,
  encrypted_body bytea,
  created_at timestamp with time zone not null,
  constraint idempotency_keys_pkey primary key (account_id, key)
);
create index idempotency_keys_by_age on idempotency_keys using btree (created_at);

create table inbound_marks (
  carrier text not null,
  hash bytea not null,
  name text not null,
  session text not null,
  at timestamp with time zone not null,
  answered_badly boolean default false not null,
  constraint inbound_marks_pkey primary key (carrier, hash)
);
create index inbound_marks_at on inbound_marks using btree (at);

create table inbound_parts (
  carrier text not null,
  sender text not null,
  destination text not null,
  width smallint not null,
  reference integer not null,
  total smallint not null,
  part smallint not null,
  id uuid not null,
  name text not null,
  text_utf16 bytea not null,
  detail text,
  received_at timestamp with time zone not null,
  constraint inbound_parts_pkey primary key (carrier, sender, destination, width, reference, total, part)
);
create index inbound_parts_by_age on inbound_parts using btree (received_at);

create table incidents (
  id uuid not null,
  account_id text not null,
  kind text not null,
  subject text not null,
  began_at timestamp with time zone not null,
  seen_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  affected integer not null,
  total integer not null,
  sentence text not null,
  constraint incidents_pkey primary key (id),
  constraint incidents_account_id_fkey foreign key (account_id) references accounts(auth_id) on delete cascade,
  constraint incidents_kind_check check (kind = any (array['carrier'::text, 'error_code'::text, 'late_messages'::text, 'number'::text, 'webhook_url'::text]))
);
create index incidents_of_account on incidents using btree (account_id, id);
create unique index incidents_open on incidents using btree (account_id, kind, md5(subject)) where ended_at is null;

create table logged_requests (
  id uuid not null,
  account_id text not null,
  subaccount_id text,
  at timestamp with time zone not null,
  duration_ms integer not null,
  caller_kind text,
  caller_id text,
  caller_name text,
  address text not null,
  client text,
  method text not null,
  path text not null,
  status smallint not null,
  parameters text,
  answer text,
  constraint logged_requests_pkey primary key (id),
  constraint logged_requests_caller_kind_check check (caller_kind = any (array['token'::text, 'operator'::text, 'api_key'::text]))
) partition by range (id);
create index logged_requests_of_account on logged_requests using btree (account_id, id);
create index logged_requests_of_subaccount on logged_requests using btree (subaccount_id, id) where subaccount_id is not null;
create index logged_requests_refused on logged_requests using btree (account_id, id) where status >= 400;

create table logged_requests_first partition of logged_requests for values from (minvalue) to (maxvalue);

create table media (
  id uuid not null,
  account_id text not null,
  subaccount_id text,
  file_name text not null,
  content_type text not null,
  size integer not null,
  content bytea not null,
  uploaded_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  constraint media_pkey primary key (id),
  constraint media_account_id_fkey foreign key (account_id) references accounts(auth_id) on delete cascade,
  constraint media_subaccount_id_fkey foreign key (subaccount_id) references accounts(auth_id) on delete set null,
  constraint media_size_check check (size >= 1 and size <= 2097152)
);
create index media_expired on media using btree (expires_at);
create index media_of_account on media using btree (account_id, uploaded_at desc, id);
create index media_of_subaccount on media using btree (subaccount_id, uploaded_at desc, id) where subaccount_id is not null;

create table member_replacements (
  pool_uuid uuid not null,
  at timestamp with time zone not null,
  sender text not null,
  replacement text not null,
  constraint member_replacements_pool_uuid_fkey foreign key (pool_uuid) references powerpacks(pool_uuid) on delete cascade
);
create index member_replacements_of_pool on member_replacements using btree (pool_uuid, at);

create table message_events (
  message_id uuid not null,
  at timestamp with time zone not null,
  event text not null,
  detail text not null
) partition by range (message_id);
create index message_events_of_message on message_events using btree (message_id, at);

create table message_events_first partition of message_events for values from (minvalue) to (maxvalue);

create table message_media (
  message_id uuid not null,
  "position" integer not null,
  media_id uuid,
  url text,
  attached_at timestamp with time zone not null,
  constraint message_media_pkey primary key (message_id, "position"),
  constraint message_media_media_id_fkey foreign key (media_id) references media(id) on delete cascade,
  constraint message_media_check check ((media_id is null) <> (url is null))
);
create index message_media_of_media on message_media using btree (media_id) where media_id is not null;
create index message_media_remote on message_media using btree (attached_at) where media_id is null;

create table messages (
  id uuid not null,
  account_id text not null,
  subaccount_id text,
  direction text not null,
  status text not null,
  service text not null,
  sender text not null,
  destination text not null,
  country_iso2 text not null,
  text text,
  segments smallint not null,
  log text not null,
  powerpack_uuid uuid,
  error_code smallint,
  accepted_at timestamp with time zone not null,
  due_at timestamp with time zone,
  sent_at timestamp with time zone,
  finished_at timestamp with time zone,
  updated_at timestamp with time zone,
  callback_url text,
  callback_method text,
  callbacks smallint default 0 not null,
  requester_ip text,
  selection jsonb,
  carrier text,
  details jsonb,
  constraint messages_pkey primary key (id),
  constraint messages_direction_check check (direction = any (array['outbound'::text, 'inbound'::text])),
  constraint messages_log_check check (log = any (array['true'::text, 'false'::text, 'content_only'::text, 'number_only'::text])),
  constraint messages_service_check check (service = any (array['sms'::text, 'mms'::text])),
  constraint messages_status_check check (status = any (array['queued'::text, 'sent'::text, 'delivered'::text, 'undelivered'::text, 'failed'::text, 'received'::text]))
) partition by range (id);
create index messages_of_account on messages using btree (account_id, id);
create index messages_of_subaccount on messages using btree (subaccount_id, id) where subaccount_id is not null;
create index messages_received on messages using btree (account_id, id) where direction = 'inbound'::text;
create index messages_to_person on messages using btree (destination, sender, id) where direction = 'outbound'::text and powerpack_uuid is not null;

create table messages_first partition of messages for values from (minvalue) to (maxvalue) with (fillfactor=80);

create table migrations (
  name text not null,
  applied_at timestamp with time zone default now() not null,
  constraint migrations_pkey primary key (name)
);

create table numbers (
  number text not null,
  account_id text not null,
  subaccount_id text,
  application_id text,
  alias text not null,
  kind text not null,
  number_type text not null,
  country_iso2 text not null,
  region text not null,
  carrier text not null,
  sms_enabled boolean not null,
  mms_enabled boolean not null,
  voice_enabled boolean not null,
  added_at timestamp with time zone not null,
  tollfree_verification text,
  campaign_id text,
  constraint numbers_pkey primary key (number),
  constraint numbers_account_id_fkey foreign key (account_id) references accounts(auth_id) on delete cascade,
  constraint numbers_application_id_fkey foreign key (application_id) references applications(app_id) on delete set null,
  constraint numbers_campaign_fkey foreign key (account_id, campaign_id) references campaigns(account_id, campaign_id) on delete set null (campaign_id),
  constraint numbers_subaccount_id_fkey foreign key (subaccount_id) references accounts(auth_id) on delete set null,
  constraint numbers_check check (tollfree_verification is null or kind = 'tollfree'::text and (tollfree_verification = any (array['unverified'::text, 'pending'::text, 'verified'::text, 'rejected'::text]))),
  constraint numbers_country_iso2_check check (country_iso2 ~ '^[A-Z]{2}$'::text),
  constraint numbers_kind_check check (kind = any (array['longcode'::text, 'tollfree'::text])),
  constraint numbers_number_check check (number ~ '^[1-9][0-9]{5,14}$'::text),
  constraint numbers_number_type_check check (number_type = any (array['local'::text, 'tollfree'::text, 'mobile'::text, 'fixed'::text, 'national'::text]))
);
create index numbers_fictitious on numbers using btree (number) where substr(number, 5, 5) = '55501'::text;
create index numbers_of_account on numbers using btree (account_id, number);
create index numbers_of_application on numbers using btree (application_id) where application_id is not null;
create index numbers_of_campaign on numbers using btree (account_id, campaign_id, number) where campaign_id is not null;
create index numbers_of_subaccount on numbers using btree (subaccount_id) where subaccount_id is not null;

create table opt_out_changes (
  id uuid not null,
  account_id text not null,
  destination text not null,
  at timestamp with time zone not null,
  change text not null,
  scope text not null,
  queue text,
  powerpack_uuid uuid,
  source text not null,
  reason text,
  author text,
  message_id uuid,
  constraint opt_out_changes_pkey primary key (id),
  constraint opt_out_changes_change_check check (change = any (array['added'::text, 'widened'::text, 'narrowed'::text, 'removed'::text])),
  constraint opt_out_changes_scope_check check (scope = any (array['number'::text, 'powerpack'::text, 'account'::text])),
  constraint opt_out_changes_source_check check (source = any (array['message'::text, 'api'::text, 'import'::text]))
);
create index opt_out_changes_of_person on opt_out_changes using btree (account_id, destination, id);

create table opt_outs (
  account_id text not null,
  destination text not null,
  queue text,
  powerpack_uuid uuid,
  scope text not null,
  opted_out_at timestamp with time zone not null,
  confirmed boolean not null,
  source text default 'message'::text not null,
  reason text,
  author text,
  message_id uuid,
  excepted text[] default '{}'::text[] not null,
  constraint opt_outs_once unique nulls not distinct (account_id, destination, queue, powerpack_uuid),
  constraint opt_outs_scope_check check (scope = any (array['number'::text, 'powerpack'::text, 'account'::text])),
  constraint opt_outs_source_check check (source = any (array['message'::text, 'api'::text, 'import'::text]))
);
create index opt_outs_listed on opt_outs using btree (account_id, opted_out_at desc, destination);
create index opt_outs_of_powerpack on opt_outs using btree (powerpack_uuid) where powerpack_uuid is not null;

create table outbox (
  queue text not null,
  "position" bigint not null,
  message_id uuid not null,
  due_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  busy_ms integer not null,
  attempts smallint default 0 not null,
  submitting_at timestamp with time zone,
  passes_opt_out boolean default false not null,
  unknown_attempts smallint default 0 not null,
  carrier text,
  parts_taken smallint default 0 not null,
  quiet_from timestamp with time zone,
  not_before timestamp with time zone,
  constraint outbox_pkey primary key (queue, "position")
) with (fillfactor=80);

create table pool_changes (
  pool_uuid uuid not null,
  version bigint not null,
  sender text,
  country_iso2 text,
  constraint pool_changes_pool_uuid_fkey foreign key (pool_uuid) references pool_versions(pool_uuid) on delete cascade,
  constraint pool_changes_check check ((sender is null) = (country_iso2 is null))
);
create index pool_changes_by_version on pool_changes using btree (pool_uuid, version);

create table pool_members (
  pool_uuid uuid not null,
  sender text not null,
  kind text not null,
  member_type text not null,
  country_iso2 text not null,
  service text not null,
  added_at timestamp with time zone not null,
  number text,
  detached boolean default false not null,
  sms_per_second double precision,
  mms_per_second double precision,
  daily_segments integer,
  alphanumeric_id uuid,
  state text default 'active'::text not null,
  drain_until timestamp with time zone,
  removed_after boolean default false not null,
  constraint pool_members_pkey primary key (pool_uuid, sender, country_iso2),
  constraint pool_members_alphanumeric_id_fkey foreign key (alphanumeric_id) references alphanumeric_senders(id) on delete cascade,
  constraint pool_members_number_fkey foreign key (number) references numbers(number) on delete cascade,
  constraint pool_members_pool_uuid_fkey foreign key (pool_uuid) references powerpacks(pool_uuid) on delete cascade,
  constraint pool_members_alphanumeric_check check ((kind = 'alphanumeric'::text) = (alphanumeric_id is not null)),
  constraint pool_members_check check (detached or (kind = any (array['shortcode'::text, 'alphanumeric'::text])) = (number is null)),
  constraint pool_members_check1 check (not detached or number is null),
  constraint pool_members_daily_segments_check check (daily_segments >= 0),
  constraint pool_members_drain_check check ((state = 'draining'::text) = (drain_until is not null)),
  constraint pool_members_kind_check check (kind = any (array['longcode'::text, 'tollfree'::text, 'shortcode'::text, 'alphanumeric'::text])),
  constraint pool_members_member_type_check check (member_type = any (array['fixed'::text, 'tollfree'::text, 'mobile'::text, 'shortcode'::text, 'alphanumeric'::text])),
  constraint pool_members_mms_per_second_check check (mms_per_second >= 0::double precision),
  constraint pool_members_service_check check (service = any (array['sms'::text, 'mms'::text])),
  constraint pool_members_sms_per_second_check check (sms_per_second >= 0::double precision),
  constraint pool_members_state_check check (state = any (array['active'::text, 'draining'::text, 'aside'::text]))
);
create index pool_members_alphanumeric on pool_members using btree (alphanumeric_id) where alphanumeric_id is not null;
create index pool_members_draining on pool_members using btree (drain_until) where state = 'draining'::text;
create index pool_members_listed on pool_members using btree (pool_uuid, added_at, sender) where not detached;
create unique index pool_members_number on pool_members using btree (number) where number is not null;
create unique index pool_members_sender on pool_members using btree (sender, country_iso2) where not detached and kind <> 'alphanumeric'::text;
create unique index pool_members_shortcode on pool_members using btree (pool_uuid, country_iso2) where kind = 'shortcode'::text;

create table pool_versions (
  pool_uuid uuid not null,
  version bigint not null,
  constraint pool_versions_pkey primary key (pool_uuid),
  constraint pool_versions_pool_uuid_fkey foreign key (pool_uuid) references powerpacks(pool_uuid) on delete cascade
) with (fillfactor=50);

create table powerpacks (
  uuid uuid not null,
  pool_uuid uuid not null,
  account_id text not null,
  name text not null,
  sticky_sender boolean not null,
  local_connect boolean not null,
  application_id text,
  number_priority jsonb not null,
  deletion_protection boolean not null,
  created_at timestamp with time zone not null,
  deleted_at timestamp with time zone,
  smart_encoding boolean default false not null,
  opt_out_scope text default 'powerpack'::text not null,
  keyword_rules jsonb,
  quiet_hours text,
  message_priority text default 'transactional'::text not null,
  alphanumeric_first boolean default true not null,
  warm_up integer[] default '{}'::integer[] not null,
  constraint powerpacks_pkey primary key (uuid),
  constraint powerpacks_pool_uuid_key unique (pool_uuid),
  constraint powerpacks_account_id_fkey foreign key (account_id) references accounts(auth_id) on delete cascade,
  constraint powerpacks_application_id_fkey foreign key (application_id) references applications(app_id) on delete set null,
  constraint powerpacks_message_priority_check check (message_priority = any (array['transactional'::text, 'bulk'::text])),
  constraint powerpacks_name_check check (char_length(name) >= 1 and char_length(name) <= 255),
  constraint powerpacks_opt_out_scope_check check (opt_out_scope = any (array['number'::text, 'powerpack'::text, 'account'::text])),
  constraint powerpacks_quiet_hours_check check (quiet_hours ~ '^\d\d:\d\d-\d\d:\d\d$'::text)
);
create index powerpacks_deleted on powerpacks using btree (deleted_at) where deleted_at is not null;
create unique index powerpacks_name on powerpacks using btree (account_id, name) where deleted_at is null;
create index powerpacks_of_account on powerpacks using btree (account_id, created_at, uuid) where deleted_at is null;
create index powerpacks_of_application on powerpacks using btree (application_id) where application_id is not null;

create table retention_progress (
  what text not null,
  up_to uuid not null,
  constraint retention_progress_pkey primary key (what)
);

create table routes (
  id uuid not null,
  service text not null,
  scope text not null,
  written jsonb not null,
  source text not null,
  changed_at timestamp with time zone not null,
  constraint routes_pkey primary key (id),
  constraint routes_once unique (service, scope),
  constraint routes_service_check check (service = any (array['sms'::text, 'mms'::text])),
  constraint routes_source_check check (source = any (array['file'::text, 'api'::text]))
);

create table routing_version (
  only_one boolean default true not null,
  version bigint not null,
  constraint routing_version_pkey primary key (only_one),
  constraint routing_version_only_one_check check (only_one)
);

create table scheduled_messages (
  message_id uuid not null,
  account_id text not null,
  send_at timestamp with time zone not null,
  reason text not null,
  ended_at timestamp with time zone,
  constraint scheduled_messages_pkey primary key (message_id),
  constraint scheduled_messages_reason_check check (reason = any (array['request'::text, 'quiet_hours'::text]))
);
create index scheduled_messages_ended on scheduled_messages using btree (ended_at) where ended_at is not null;
create index scheduled_messages_next on scheduled_messages using btree (send_at) where ended_at is null;
create index scheduled_messages_of_account on scheduled_messages using btree (account_id, send_at, message_id) where ended_at is null;
create index scheduled_messages_of_requests on scheduled_messages using btree (account_id) where ended_at is null and reason = 'request'::text;

create table sender_hours (
  queue text not null,
  hour timestamp with time zone not null,
  finished integer not null,
  delivered integer not null,
  delivered_tenths smallint generated always as (((delivered * 10) / greatest(finished, 1))) stored not null,
  constraint sender_hours_pkey primary key (queue, hour)
) with (fillfactor=70);
create index sender_hours_by_share on sender_hours using btree (delivered_tenths, hour);

create table sender_queues (
  queue text not null,
  next_free timestamp with time zone not null,
  last_position bigint not null,
  queued integer not null,
  day date not null,
  segments_today integer not null,
  paced_until timestamp with time zone,
  holder uuid,
  departed_up_to bigint default 0 not null,
  bulk_free timestamp with time zone,
  constraint sender_queues_pkey primary key (queue)
) with (fillfactor=50);
create index sender_queues_of_short_codes on sender_queues using btree (queue) where queue ~~ '%/%'::text;

create table sticky_senders (
  pool_uuid uuid not null,
  destination text not null,
  sender text not null,
  country_iso2 text not null,
  last_message_at timestamp with time zone not null,
  last_message_day date generated always as (((last_message_at at time zone 'UTC'::text))::date) stored,
  constraint sticky_senders_pkey primary key (pool_uuid, destination)
) with (fillfactor=80);
create index sticky_senders_by_age on sticky_senders using btree (last_message_day);
create index sticky_senders_of_member on sticky_senders using btree (pool_uuid, sender, country_iso2);

create table unknown_attempts (
  message_id uuid not null,
  carrier text not null,
  sender text not null,
  destination text not null,
  at timestamp with time zone not null,
  constraint unknown_attempts_pkey primary key (message_id)
);
create index unknown_attempts_by_age on unknown_attempts using btree (at);
create index unknown_attempts_of_pair on unknown_attempts using btree ("right"(sender, 7), "right"(destination, 7));

create table unmatched_reports (
  id uuid not null,
  carrier text not null,
  outcome text not null,
  error_code smallint,
  reported_at timestamp with time zone not null,
  attempts smallint not null,
  next_at timestamp with time zone not null,
  leased_until timestamp with time zone,
  candidates jsonb not null,
  reference text,
  destination text,
  covers text not null,
  detail text,
  sender text,
  constraint unmatched_reports_pkey primary key (id),
  constraint unmatched_reports_covers_check check (covers = any (array['part'::text, 'message'::text])),
  constraint unmatched_reports_outcome_check check (outcome = any (array['delivered'::text, 'undelivered'::text, 'progress'::text]))
);
create index unmatched_reports_due on unmatched_reports using btree (next_at);

create table webhook_calls (
  id uuid not null,
  account_id text not null,
  main_id text not null,
  message_id uuid,
  kind text not null,
  url text not null,
  host text not null,
  method text not null,
  form text,
  is_private boolean not null,
  created_at timestamp with time zone not null,
  outcome text not null,
  attempts smallint default 0 not null,
  next_at timestamp with time zone,
  leased_until timestamp with time zone,
  log jsonb default '[]'::jsonb not null,
  constraint webhook_calls_pkey primary key (id),
  constraint webhook_calls_kind_check check (kind = 'opt_out'::text or (kind = any (array['status'::text, 'inbound'::text, 'result'::text])) and (kind = 'result'::text) = (message_id is null)),
  constraint webhook_calls_method_check check (method = any (array['GET'::text, 'POST'::text])),
  constraint webhook_calls_outcome_check check (outcome = any (array['pending'::text, 'delivered'::text, 'failed'::text]))
) partition by range (id);
create index webhook_calls_failed on webhook_calls using btree (main_id, id) where outcome = 'failed'::text;
create index webhook_calls_listed on webhook_calls using btree (main_id, id);
create index webhook_calls_of_message on webhook_calls using btree (message_id);
create index webhook_calls_of_subaccount on webhook_calls using btree (account_id, id) where account_id <> main_id;
create index webhook_calls_paused on webhook_calls using btree (main_id, md5(url), id) where outcome = 'pending'::text and next_at is null;
create index webhook_calls_retried on webhook_calls using btree (main_id, id) where outcome = 'pending'::text and attempts > 0;
create index webhook_calls_waiting on webhook_calls using btree (main_id, host, next_at) where next_at is not null;

create table webhook_calls_first partition of webhook_calls for values from (minvalue) to (maxvalue) with (fillfactor=70);

create table webhook_pauses (
  main_id text not null,
  url text not null,
  paused_at timestamp with time zone not null,
  constraint webhook_pauses_main_id_fkey foreign key (main_id) references accounts(auth_id) on delete cascade
);
create unique index webhook_pauses_once on webhook_pauses using btree (main_id, md5(url));

create view effective_applications as
 select numbers.number,
    coalesce(powerpacks.application_id, numbers.application_id) as application_id
   from numbers
     left join pool_members on pool_members.number = numbers.number
     left join powerpacks on powerpacks.pool_uuid = pool_members.pool_uuid and powerpacks.deleted_at is null;

create view message_retries as
 select id as message_id,
    details -> 'callbackRetrySeconds'::text as retry_seconds
   from messages;

create view partitions as
 select parent.relname::text as parent,
    child.relname::text as name,
    "substring"(bound.bound, 'FROM \(''(.*?)''\)'::text)::uuid as from_id,
    "substring"(bound.bound, 'TO \(''(.*?)''\)'::text)::uuid as before_id
   from pg_inherits
     join pg_class parent on parent.oid = pg_inherits.inhparent and parent.relkind = 'p'::"char" and parent.relnamespace = quote_ident("current_schema"()::text)::regnamespace::oid
     join pg_class child on child.oid = pg_inherits.inhrelid
     cross join lateral pg_get_expr(child.relpartbound, child.oid) bound(bound);

create view pooled_numbers as
 select pool_members.number,
    powerpacks.account_id,
    powerpacks.uuid as powerpack_uuid
   from pool_members
     join powerpacks on powerpacks.pool_uuid = pool_members.pool_uuid
  where pool_members.number is not null and powerpacks.deleted_at is null;

create view subaccounts_with_powerpacks as
 select account_id as auth_id,
    bool_or(deletion_protection) as has_protected
   from powerpacks
  where deleted_at is null and account_id ~~ 'SA%'::text
  group by account_id;

create view waiting_reports as
 select carrier,
    count(*)::integer as reports
   from unmatched_reports
  group by carrier;

create function add_partition(divided text, key text, days integer, until timestamp with time zone) returns boolean language plpgsql as $$
declare
  last_partition partitions;
  newest_id uuid;
  seconds constant integer := days * 86400;
  boundary timestamptz;
begin
  if not pg_try_advisory_xact_lock(hashtext('rucksack partitions')) then
    return false;
  end if;
  select * into last_partition from partitions where parent = divided and before_id is null;
  if last_partition.from_id > first_id_of(until) then
    return false;
  end if;
  -- A clock may have been ahead.
  execute format('select %1$I from %2$I order by %1$I desc limit 1', key, last_partition.name) into newest_id;
  boundary := to_timestamp((floor(extract(epoch from greatest(until, time_of_id(newest_id))) / seconds) + 1) * seconds);
  execute format('alter table %I detach partition %I', divided, last_partition.name);
  execute format('alter table %I attach partition %I for values from (%s) to (%L)', divided, last_partition.name,
    coalesce(quote_literal(last_partition.from_id), 'minvalue'), first_id_of(boundary));
  perform create_partition(
    divided, divided || to_char(boundary at time zone 'UTC', '_YYYYMMDD'), quote_literal(first_id_of(boundary)), 'maxvalue');
  return true;
end $$;

create function count_alphanumeric_change() returns trigger language plpgsql as $$
begin
  perform note_pool_changes(
    array_agg(pool_members.pool_uuid), array_agg(pool_members.sender), array_agg(pool_members.country_iso2))
  from changed join before using (id) join pool_members on pool_members.alphanumeric_id = changed.id
  where changed.status <> before.status and not pool_members.detached;
  perform depart_from_queues_of(array_agg(changed.name))
  from changed join before using (id) where before.status = 'approved' and changed.status <> 'approved';
  return null;
end $$;

create function count_number_change() returns trigger language plpgsql as $$
begin
  perform note_pool_changes(
    array_agg(pool_members.pool_uuid), array_agg(pool_members.sender), array_agg(pool_members.country_iso2))
  from changed join before using (number) join pool_members on pool_members.number = changed.number
  where (changed.sms_enabled, changed.mms_enabled, changed.tollfree_verification, changed.campaign_id)
    is distinct from (before.sms_enabled, before.mms_enabled, before.tollfree_verification, before.campaign_id);
  return null;
end $$;

create function count_pool_change() returns trigger language plpgsql as $$
begin
  perform note_pool_changes(array_agg(pool_uuid), array_agg(sender), array_agg(country_iso2)) from changed;
  return null;
end $$;

create function count_powerpack_change() returns trigger language plpgsql as $$
begin
  perform note_pool_changes(array_agg(pool_uuid), array_agg(null::text), array_agg(null::text)) from changed;
  return null;
end $$;

create function count_routing_change() returns trigger language plpgsql as $$
begin
  insert into routing_version (version) values (1)
  on conflict (only_one) do update set version = routing_version.version + 1;
  return null;
end $$;

create function create_partition(divided text, name text, from_bound text, before_bound text) returns void language plpgsql as $$
begin
  execute format('create table %I partition of %I for values from (%s) to (%s) %s', name, divided, from_bound, before_bound,
    (select 'with (' || array_to_string(reloptions, ', ') || ')' from pg_class
     where oid = (select partitions.name from partitions where parent = divided order by before_id desc limit 1)::regclass));
end $$;

create function depart_from_queues() returns trigger language plpgsql as $$
begin
  update sender_queues set departed_up_to = last_position, next_free = least(next_free, coalesce(paced_until, 'epoch')), bulk_free = null
  from (select queue from sender_queues where queue in (select number from gone) order by queue for update) as locked
  where sender_queues.queue = locked.queue;
  return null;
end $$;

create function depart_from_queues_of(names text[]) returns void language plpgsql as $$
begin
  update sender_queues set departed_up_to = last_position, next_free = least(next_free, coalesce(paced_until, 'epoch')), bulk_free = null
  from (select queue from sender_queues where queue = any(names) order by queue for update) as locked
  where sender_queues.queue = locked.queue;
end $$;

create function drop_partitions(divided text, older_than uuid) returns integer language plpgsql as $$
declare
  old_partition partitions;
  dropped integer := 0;
begin
  for old_partition in select * from partitions where parent = divided and before_id <= older_than order by before_id loop
    execute format('drop table %I', old_partition.name);
    dropped := dropped + 1;
  end loop;
  if dropped > 0 then
    perform create_partition(divided, divided || '_first', 'minvalue', quote_literal(old_partition.before_id));
  end if;
  return dropped;
end $$;

create function first_id_of(moment timestamp with time zone) returns uuid language sql as $$
  select (lpad(to_hex((extract(epoch from moment) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid
$$;

create function leave_alphanumeric() returns trigger language plpgsql as $$
begin
  perform depart_from_queues_of(array_agg(name)) from gone where status = 'approved';
  return null;
end $$;

create function leave_pool() returns trigger language plpgsql as $$
begin
  perform note_pool_changes(array_agg(pool_uuid), array_agg(sender), array_agg(country_iso2)) from changed;
  delete from sticky_senders using changed
  where (sticky_senders.pool_uuid, sticky_senders.sender, sticky_senders.country_iso2)
    = (changed.pool_uuid, changed.sender, changed.country_iso2);
  return null;
end $$;

create function leave_pool_first() returns trigger language plpgsql as $$
begin
  delete from pool_members where number = old.number;
  return old;
end $$;

create function lock_users_of_account(account text) returns void language plpgsql as $$
begin
  perform 1 from powerpacks where account_id = account order by uuid for update;
  perform 1 from numbers where subaccount_id = account order by number for update;
end $$;

create function lock_users_of_application(app text) returns void language plpgsql as $$
begin
  perform 1 from powerpacks where application_id = app order by uuid for update;
  perform 1 from numbers where application_id = app order by number for update;
end $$;

create function note_pool_changes(pools uuid[], senders text[], countries text[]) returns void language plpgsql as $$
declare
  counted_version bigint;
begin
  if pools is null then
    return;
  end if;
  if cardinality(pools) = 1 then
    update pool_versions set version = version + 1 where pool_uuid = pools[1] returning version into counted_version;
    if counted_version is not null and senders[1] is not null then
      insert into pool_changes values (pools[1], counted_version, senders[1], countries[1]);
    end if;
  else
    with locked as (
      select pool_uuid from pool_versions where pool_uuid = any(pools) order by pool_uuid for update),
    counted as (
      update pool_versions set version = version + 1 from locked where pool_versions.pool_uuid = locked.pool_uuid
      returning pool_versions.pool_uuid, version),
    members as (
      select distinct * from unnest(pools, senders, countries) as members (pool_uuid, sender, country_iso2)
      where sender is not null),
    sizes as (select pool_uuid, count(*) > 100 as are_many from members group by pool_uuid)
    insert into pool_changes
    select distinct pool_uuid, version, case when not are_many then sender end, case when not are_many then country_iso2 end
    from counted join sizes using (pool_uuid) join members using (pool_uuid);
  end if;
  -- Of each pool the last 200 changes are kept, and up to 50 before them.
  if cardinality(pools) > 1 or counted_version % 50 = 0 then
    delete from pool_changes using pool_versions
    where pool_versions.pool_uuid = any(pools) and pool_changes.pool_uuid = pool_versions.pool_uuid
      and pool_changes.version <= pool_versions.version - 200;
  end if;
end $$;

create function start_pool_version() returns trigger language plpgsql as $$
begin
  insert into pool_versions select pool_uuid, 1 from changed;
  return null;
end $$;

create function time_of_id(id uuid) returns timestamp with time zone language sql as $$
  select to_timestamp(('x' || translate(left(id::text, 13), '-', ''))::bit(48)::bigint / 1000.0)
$$;

create trigger alphanumeric_senders_deleted after delete on alphanumeric_senders referencing old table as gone for each statement execute function leave_alphanumeric();

create trigger alphanumeric_senders_updated after update on alphanumeric_senders referencing old table as before new table as changed for each statement execute function count_alphanumeric_change();

create trigger carriers_changed after insert or delete or update on carriers for each statement execute function count_routing_change();

create trigger numbers_deleted after delete on numbers referencing old table as gone for each statement execute function depart_from_queues();

create trigger numbers_leaving before delete on numbers for each row execute function leave_pool_first();

create trigger numbers_updated after update on numbers referencing old table as before new table as changed for each statement execute function count_number_change();

create trigger pool_members_deleted after delete on pool_members referencing old table as changed for each statement execute function leave_pool();

create trigger pool_members_inserted after insert on pool_members referencing new table as changed for each statement execute function count_pool_change();

create trigger pool_members_updated after update on pool_members referencing new table as changed for each statement execute function count_pool_change();

create trigger powerpacks_inserted after insert on powerpacks referencing new table as changed for each statement execute function start_pool_version();

create trigger powerpacks_updated after update on powerpacks referencing new table as changed for each statement execute function count_powerpack_change();

create trigger routes_changed after insert or delete or update on routes for each statement execute function count_routing_change();
