-- What is stored of the choice of a sender says "rejected" and "least_busy", as the API does.
update messages set selection = jsonb_build_object(
    'rule', case selection ->> 'rule' when 'balance' then to_jsonb('least_busy'::text) else selection -> 'rule' end,
    'rejected', case when selection -> 'putAside' ? 'balance'
      then (selection -> 'putAside') - 'balance' || jsonb_build_object('least_busy', selection #> '{putAside,balance}')
      else selection -> 'putAside' end)
  where selection is not null;
