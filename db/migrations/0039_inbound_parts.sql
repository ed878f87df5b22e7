-- Parts of long messages from handsets, until the message is whole.

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
  -- UTF-16, because a character may begin in one part and end in the next.
  text_utf16 bytea not null,
  detail text,
  received_at timestamptz not null,
  primary key (carrier, sender, destination, width, reference, total, part)
);
create index inbound_parts_by_age on inbound_parts (received_at);
