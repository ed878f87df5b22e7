-- What was called a lane is a sender queue; the hours that health is judged by are the sender's.

alter table lanes rename to sender_queues;
alter table sender_queues rename column lane to queue;
alter table sender_queues rename constraint lanes_pkey to sender_queues_pkey;

alter table lane_hours rename to sender_hours;
alter table sender_hours rename column lane to queue;
alter table sender_hours rename constraint lane_hours_pkey to sender_hours_pkey;

alter table outbox rename column lane to queue;
alter table opt_outs rename column lane to queue;

drop trigger numbers_deleted on numbers;
drop function depart_from_lanes();

create function depart_from_queues() returns trigger language plpgsql as $$
begin
  update sender_queues set departed_up_to = last_position, next_free = least(next_free, coalesce(paced_until, 'epoch'))
  from (select queue from sender_queues where queue in (select number from gone) order by queue for update) as locked
  where sender_queues.queue = locked.queue;
  return null;
end $$;

create trigger numbers_deleted after delete on numbers
  referencing old table as gone
  for each statement execute function depart_from_queues();
