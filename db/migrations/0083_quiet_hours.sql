-- Hours of the recipient's day in which a powerpack sends nothing, such as 21:00-08:00.
alter table powerpacks add column quiet_hours text check (quiet_hours ~ '^\d\d:\d\d-\d\d:\d\d$');
-- When quiet hours of its recipient begin: from then on it goes back to the scheduled messages.
alter table outbox add column quiet_from timestamptz;
