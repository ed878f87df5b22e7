-- Whether the carriers have verified a toll-free number; null where nobody has said. Only verified ones and those of which nothing is said send.
alter table numbers add column tollfree_verification text
  check (tollfree_verification is null
    or kind = 'tollfree' and tollfree_verification in ('unverified', 'pending', 'verified', 'rejected'));
alter table held_numbers add column tollfree_verification text;

create or replace function count_number_change() returns trigger language plpgsql as $$
begin
  perform note_pool_changes(
    array_agg(pool_members.pool_uuid), array_agg(pool_members.sender), array_agg(pool_members.country_iso2))
  from changed join before using (number) join pool_members on pool_members.number = changed.number
  where (changed.sms_enabled, changed.mms_enabled, changed.tollfree_verification)
    is distinct from (before.sms_enabled, before.mms_enabled, before.tollfree_verification);
  return null;
end $$;
