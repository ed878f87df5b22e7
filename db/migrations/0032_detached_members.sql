-- A member of a deleted powerpack's pool is detached.

alter table pool_members rename column parked to detached;
