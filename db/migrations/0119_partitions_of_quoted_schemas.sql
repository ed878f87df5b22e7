-- The view failed where the name of the schema needs quotes, as "Our texts" does.
create or replace view partitions as
  select parent.relname::text as parent, child.relname::text as name,
    substring(bound from 'FROM \(''(.*?)''\)')::uuid as from_id,
    substring(bound from 'TO \(''(.*?)''\)')::uuid as before_id
  from pg_inherits
  join pg_class parent
    on parent.oid = inhparent and parent.relkind = 'p' and parent.relnamespace = quote_ident(current_schema())::regnamespace
  join pg_class child on child.oid = inhrelid
  cross join lateral pg_get_expr(child.relpartbound, child.oid) as bound;
