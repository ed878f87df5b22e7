-- Opt-outs are asked again before a message goes to the carrier; the answer to STOP, and what may follow it, goes all the same.
alter table outbox add passes_opt_out boolean not null default false;
