-- SMPP accounts allow few binds, which the processes share; and messages from handsets have no names, so that one that comes again is
-- known by its octets.

create table carrier_binds (
  carrier text not null,
  bind smallint not null,
  holder uuid not null,
  held_until timestamptz not null,
  -- Its session is being ended, for another process to take it.
  leaving boolean not null default false,
  primary key (carrier, bind)
);

create table carrier_bind_holders (
  carrier text not null,
  holder uuid not null,
  seen_until timestamptz not null,
  primary key (carrier, holder)
);

create table inbound_marks (
  carrier text not null,
  hash bytea not null,
  name text not null,
  session text not null,
  at timestamptz not null,
  -- The answer was negative, or so late that the carrier may not have heeded it.
  answered_badly boolean not null default false,
  primary key (carrier, hash)
);

create index inbound_marks_at on inbound_marks (at);
