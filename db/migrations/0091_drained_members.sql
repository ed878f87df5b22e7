-- Members that give up their recipients: draining ones until a moment, after which they are put aside or removed.
alter table pool_members
  add column state text not null default 'active' check (state in ('active', 'draining', 'aside')),
  add column drain_until timestamptz,
  add column removed_after boolean not null default false,
  add constraint pool_members_drain_check check ((state = 'draining') = (drain_until is not null));
create index pool_members_draining on pool_members (drain_until) where state = 'draining';
