-- What waits in the queue of a name that may not send any more takes no time of it, bulk messages neither.
create or replace function depart_from_queues_of(names text[]) returns void language plpgsql as $$
begin
  update sender_queues set departed_up_to = last_position, next_free = least(next_free, coalesce(paced_until, 'epoch')), bulk_free = null
  from (select queue from sender_queues where queue = any(names) order by queue for update) as locked
  where sender_queues.queue = locked.queue;
end $$;
