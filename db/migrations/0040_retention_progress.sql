-- How far the hourly retention has come through the messages, by the name that the program has for it.
alter table tidied rename to retention_progress;
alter table retention_progress rename constraint tidied_pkey to retention_progress_pkey;
