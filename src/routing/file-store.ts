// The SQL that stores what the operator's file of carriers says, in the place of what it said before.
import { servicesOf } from '../carriers/carrier-config.ts';
import type { Transaction } from '../db/db.ts';
import type { CarrierFile } from './carrier-file.ts';
import { scopeOfRoute } from './route.ts';
import { writeRoute } from './route-format.ts';

const replaceCarriersSql = `
  with named as (
    select written ->> 'name' as name, written,
      array(select jsonb_array_elements_text(services)) as services
    from jsonb_to_recordset($1::jsonb) as named (written jsonb, services jsonb)),
  gone as (delete from carriers where source = 'file' and name not in (select name from named))
  insert into carriers (name, written, services, source, changed_at)
  select name, written, services, 'file', $2 from named order by name
  on conflict (name) do update set
    written = excluded.written, services = excluded.services, encrypted_secrets = null, source = 'file',
    changed_at = excluded.changed_at
  where carriers.written <> excluded.written or carriers.source <> 'file'`;

const replaceRoutesSql = `
  with named as (
    select * from jsonb_to_recordset($1::jsonb) as named (id uuid, service text, scope text, written jsonb)),
  gone as (
    delete from routes where source = 'file' and (service, scope) not in (select service, scope from named))
  insert into routes (id, service, scope, written, source, changed_at)
  select id, service, scope, written, 'file', $2 from named order by service, scope
  on conflict (service, scope) do update
  set written = excluded.written, source = 'file', changed_at = excluded.changed_at
  where routes.written <> excluded.written or routes.source <> 'file'`;

/**
 * Stores the carriers and routes of the file. It takes over those of the same names that were made by the API. Secrets are not stored:
 * the file has them.
 */
export function replaceFromFile(
  tx: Transaction,
  { carriers, routes }: CarrierFile,
  now: Date,
  newId: () => string,
): void {
  const entries = carriers.map(({ shown, config }) => ({ written: shown, services: servicesOf(config) }));
  tx.send(replaceCarriersSql, [JSON.stringify(entries), now]);
  const written = routes.map((route) => ({
    id: newId(),
    service: route.service,
    scope: scopeOfRoute(route.match),
    written: writeRoute(route),
  }));
  tx.send(replaceRoutesSql, [JSON.stringify(written), now]);
}
