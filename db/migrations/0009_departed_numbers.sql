-- What waited for a number that was unrented goes nowhere, neither at its moment nor when the number is rented again.

-- The last position that was given before the number was last unrented.
alter table lanes add departed_up_to bigint not null default 0;

-- A trigger, because numbers know no lanes. The number is free once what went out from it last is through: what waits keeps nobody
-- waiting. The lanes are locked in the order of their names, as by everybody.
create function depart_from_lanes() returns trigger language plpgsql as $$
begin
  update lanes set departed_up_to = last_position, next_free = least(next_free, coalesce(paced_until, 'epoch'))
  from (select lane from lanes where lane in (select number from gone) order by lane for update) as locked
  where lanes.lane = locked.lane;
  return null;
end $$;

create trigger numbers_deleted after delete on numbers
  referencing old table as gone for each statement execute function depart_from_lanes();
