-- Members that were replaced because too few of their messages arrived: for the limit a day and the time between two.
create table member_replacements (
  pool_uuid uuid not null references powerpacks (pool_uuid) on delete cascade,
  at timestamptz not null,
  sender text not null,
  replacement text not null
);
create index member_replacements_of_pool on member_replacements (pool_uuid, at);
