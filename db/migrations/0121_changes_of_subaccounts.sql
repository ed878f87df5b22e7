-- The list of a subaccount looks through its own newest changes, however many others make.
create index audit_entries_of_subaccount on audit_entries (subaccount_id, id) where subaccount_id is not null;
