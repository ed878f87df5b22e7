-- The list of a subaccount looks through its own newest requests, however many others make.
create index logged_requests_of_subaccount on logged_requests (subaccount_id, id) where subaccount_id is not null;
