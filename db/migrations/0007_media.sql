-- Media: uploaded files, and what belongs to which message.

create table media (
  -- Random, not by time: it is all that somebody needs to fetch the file.
  id uuid primary key,
  account_id text not null references accounts (auth_id) on delete cascade,
  subaccount_id text references accounts (auth_id) on delete set null,
  file_name text not null,
  content_type text not null,
  size integer not null check (size between 1 and 2097152),
  content bytea not null,
  uploaded_at timestamptz not null,
  -- Soon after the upload, much later once a message uses it.
  expires_at timestamptz not null
);

-- Pictures, sound and films are compressed already.
alter table media alter column content set storage external;

create index media_of_account on media (account_id, uploaded_at desc, id);
create index media_of_subaccount on media (subaccount_id, uploaded_at desc, id) where subaccount_id is not null;
create index media_expired on media (expires_at);

-- The media of messages, in order: an uploaded file, or a URL of somebody else's. Messages are history: no foreign key to them.
create table message_media (
  message_id uuid not null,
  position integer not null,
  media_id uuid references media (id) on delete cascade,
  url text,
  attached_at timestamptz not null,
  primary key (message_id, position),
  check ((media_id is null) <> (url is null))
);

create index message_media_of_media on message_media (media_id) where media_id is not null;
create index message_media_remote on message_media (attached_at) where media_id is null;
