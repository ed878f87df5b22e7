// The world that is fuzzed: an account that owns one of everything, and a way to see whether any of it changed.
import type { Db } from '../../src/db/db.ts';
import { saveTables } from '../compat/saved-tables.ts';
import { startTestApp, type TestAccount, type TestApp } from '../support/app.ts';
import type { Words } from './schema-values.ts';

export interface FuzzWorld {
  readonly app: TestApp;
  /** A subaccount of the app's account, with a powerpack of its own. */
  readonly subaccount: TestAccount;
  /** Ids, numbers and names that mean something here. */
  readonly words: Words;
  /** Whether any row of any table differs from how it was. */
  isChanged(): Promise<boolean>;
  /** Brings every row back to how it was. */
  reset(): Promise<void>;
}

const pooledNumber = '14155550111';
const tollfree = '18005550113';
const shortcode = '44444';
const looseNumber = '12125550101';
const heldNumber = '16135550101';
const numberForSale = '12025550150';

/** Starts an app and makes the world in it. Failed logins are not limited: fuzzing is full of them. */
export async function makeFuzzWorld(): Promise<FuzzWorld> {
  const app = await startTestApp({ RUCKSACK_LOGIN_FAILURES: '1000000' });
  const must = async (method: string, path: string, body?: object, as?: TestAccount) => {
    const answer = await app.call(method, path, body, { as });
    if (answer.status >= 300) throw new Error(`${method} ${path} answered ${answer.status}: ${answer.text}`);
    return answer.body;
  };

  const { auth_id, auth_token } = await must('POST', 'Subaccount/', { name: 'sub', enabled: true });
  const subaccount = { authId: auth_id, authToken: auth_token };
  const xml = (await must('POST', 'Application/', { app_name: 'xml', default_number_app: true })).app_id;
  const phlo = { app_name: 'phlo', application_type: 'PHLO', message_url: 'https://example.com/flow' };
  const flow = (await must('POST', 'Application/', phlo)).app_id;

  const powerpacks = await Promise.all([
    must('POST', 'Powerpack/', { name: 'live', application_type: 'XML', application_id: xml }),
    must('POST', 'Powerpack/', { name: 'protected', deletion_protection: true }),
    must('POST', 'Powerpack/', { name: 'deleted' }),
    must('POST', 'Powerpack/', { name: 'of the subaccount' }, subaccount),
  ]);
  const [live, , deleted] = powerpacks;
  const poolOf = (powerpack: { number_pool: string }): string => powerpack.number_pool.split('/')[5] ?? '';
  const pool = `NumberPool/${poolOf(live)}`;
  await must('POST', `${pool}/Number/${pooledNumber}/`, { rent: true });
  await must('POST', `${pool}/Tollfree/${tollfree}/`, { rent: true, service: 'mms' });
  await must('POST', `${pool}/Shortcode/${shortcode}/`);
  await must('POST', 'Number/', { numbers: looseNumber, carrier: 'c', region: 'r', subaccount: auth_id });
  await must('POST', `NumberPool/${poolOf(deleted)}/Number/${heldNumber}/`, { rent: true });
  await must('DELETE', `Powerpack/${deleted.uuid}/`, { unrent_numbers: true });

  const { db } = app.app;
  const digest = await makeDigest(db);
  const untouched = await digest();
  return {
    app,
    subaccount,
    words: [
      ...[app.account.authId, auth_id, xml, flow],
      ...powerpacks.flatMap((powerpack) => [powerpack.uuid, poolOf(powerpack), powerpack.name]),
      ...[pooledNumber, tollfree, shortcode, looseNumber, heldNumber, numberForSale],
      ...['none', 'US', 'CA', 'GB', 'sms', 'https://example.com/'],
    ],
    isChanged: async () => (await digest()) !== untouched,
    reset: await saveTables(db),
  };
}

/** A function that digests every row of every table that is there now, in one query of a few milliseconds. */
async function makeDigest(db: Db): Promise<() => Promise<string>> {
  const tables = await db.query<{ name: string }>(
    `select quote_ident(tablename) as name from pg_tables where schemaname = current_schema() order by tablename`,
  );
  const parts = tables.map(
    ({ name }) =>
      `(select coalesce(string_agg(md5(t::text), '' order by md5(t::text)), '${name}') from ${name} t)`,
  );
  const sql = `select md5(concat(${parts.join(', ')})) as digest`;
  return async () => {
    const [row] = await db.query<{ digest: string }>(sql);
    if (row === undefined) throw new Error('The tables have no digest.');
    return row.digest;
  };
}
