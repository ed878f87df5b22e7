-- Opt-outs come from STOP, from the API and from files: with a reason, an author, a history and callbacks.
alter table opt_outs
  add column source text not null default 'message' check (source in ('message', 'api', 'import')),
  add column reason text,
  add column author text,
  -- The message that said STOP.
  add column message_id uuid,
  -- Sender queues and powerpacks that START has taken out of an opt-out of the whole account that answers none of them.
  add column excepted text[] not null default '{}';
create index opt_outs_listed on opt_outs (account_id, opted_out_at desc, destination);

-- Who opted out and in, when, by which message or by whom. Like opt-outs it names no number and no powerpack by foreign key.
create table opt_out_changes (
  id uuid primary key,
  account_id text not null,
  destination text not null,
  at timestamptz not null,
  change text not null check (change in ('added', 'widened', 'narrowed', 'removed')),
  scope text not null check (scope in ('number', 'powerpack', 'account')),
  queue text,
  powerpack_uuid uuid,
  source text not null check (source in ('message', 'api', 'import')),
  reason text,
  author text,
  message_id uuid
);
create index opt_out_changes_of_person on opt_out_changes (account_id, destination, id);

alter table accounts
  add column opt_out_url text,
  add column opt_out_method text check (opt_out_method in ('GET', 'POST'));

-- A call about an opt-out is about a message where a message changed it.
alter table webhook_calls drop constraint webhook_calls_kind_check;
alter table webhook_calls add constraint webhook_calls_kind_check
  check (kind = 'opt_out' or (kind in ('status', 'inbound', 'result') and (kind = 'result') = (message_id is null)));
