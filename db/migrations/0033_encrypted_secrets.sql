-- What is kept encrypted is called so.

alter table auth_tokens rename column sealed_token to encrypted_token;
alter table idempotency_keys rename column sealed_body to encrypted_body;
