-- The country whose national numbers the requests of an account may hold; null where every number needs its country code.
alter table accounts add default_country text check (default_country ~ '^[A-Z]{2}$');
