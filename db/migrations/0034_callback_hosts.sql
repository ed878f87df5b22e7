-- Host and port that a callback goes to are called its host.
alter table webhook_calls rename column receiver to host;
