// The log of requests on a real database: what is gathered is stored together, once, and what cannot be stored is counted.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { frozenClock, repeatableBytes } from '../../../test/support/app.ts';
import { emptyTables, openTestDatabase } from '../../../test/support/database.ts';
import { createAccount } from '../../accounts/create-account.ts';
import { makeEncrypter } from '../../base/encrypt.ts';
import { uuidv7 } from '../../base/id.ts';
import { makeLogger } from '../../base/logger.ts';
import type { VirtualClock } from '../../base/virtual-clock.ts';
import type { Db } from '../../db/db.ts';
import { sharesPerMinute } from './log-shares.ts';
import type { LoggedRequest } from './logged-request.ts';
import { RequestLog } from './request-log.ts';
import { listRequests, type RequestFilters } from './request-store.ts';

const randomBytes = repeatableBytes(1);
let db: Db;
let clock: VirtualClock;
let unlogged: number;
before(async () => {
  db = await openTestDatabase();
});
afterEach(() => emptyTables(db));
after(() => db.close());

function makeLog(on: Db = db): RequestLog {
  clock = frozenClock();
  unlogged = 0;
  const countUnlogged = (requests: number) => {
    unlogged += requests;
  };
  return new RequestLog({ db: on, timers: clock, days: 7, countUnlogged, logger: makeLogger('silent') });
}

async function makeAccount(): Promise<string> {
  const encrypter = makeEncrypter(new Uint8Array(32), randomBytes);
  const factory = { db, encrypter, randomBytes, now: clock.now() };
  return (await createAccount(factory, { mainId: null, name: 'a', enabled: true })).authId;
}

const request = (accountId: string, isKnown = true): LoggedRequest => ({
  id: uuidv7(clock.now(), randomBytes),
  accountId,
  at: clock.now(),
  durationMs: 1,
  caller: isKnown ? { kind: 'token', id: accountId } : undefined,
  address: '::1',
  client: undefined,
  method: 'POST',
  path: 'Powerpack/',
  status: 400,
  parameters: undefined,
  answer: undefined,
});

const stored = async () => (await db.query('select from logged_requests')).length;

test('requests are stored together after a second', async () => {
  let statements = 0;
  const query: Db['query'] = (...given) => {
    statements += 1;
    return db.query(...given);
  };
  const log = makeLog({ ...db, query });
  const account = await makeAccount();
  for (let count = 0; count < 50; count++) log.add(request(account));
  await clock.advance(999, async () => {});
  assert.equal(statements, 0);
  await clock.advance(1, async () => {});
  await log.flush();
  assert.deepEqual([statements, await stored()], [1, 50]);
});

test('an account that there is not has no log', async () => {
  const log = makeLog();
  log.add(request('MANOBODY', false));
  log.add(request(await makeAccount(), false));
  await log.flush();
  assert.equal(await stored(), 1);
});

test('requests that cannot be stored are counted and forgotten; later ones are stored', async () => {
  let isDown = true;
  const query: Db['query'] = async (...given) => {
    if (isDown) throw new Error('away');
    return db.query(...given);
  };
  const log = makeLog({ ...db, query });
  const account = await makeAccount();
  log.add(request(account));
  await log.flush();
  isDown = false;
  log.add(request(account));
  await log.flush();
  assert.deepEqual([unlogged, await stored()], [1, 1]);
});

test('requests beyond the share of a minute have no place, and are counted', () => {
  const log = makeLog();
  const taken = Array.from({ length: sharesPerMinute.each + 5 }, () => log.takePlace('MA', false));
  assert.deepEqual([unlogged, taken.filter((isTaken) => isTaken).length], [5, sharesPerMinute.each]);
});

const noFilters: RequestFilters = {
  id: undefined,
  caller: undefined,
  pathPrefix: undefined,
  from: undefined,
  until: undefined,
  method: undefined,
  minStatus: 0,
  endStatus: 600,
};

test('a filter looks through the newest 100,000 requests of the time, and no further', async () => {
  const log = makeLog();
  const account = await makeAccount();
  const old = { ...request(account), caller: { kind: 'operator', id: 'MAOPERATOR' } } as const;
  log.add(old);
  await log.flush();
  await db.query(
    `insert into logged_requests (id, account_id, at, duration_ms, address, method, path, status)
     select ('f0000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, $1, $2, 1, '', 'GET', '', 200 from generate_series(1, 100000) n`,
    [account, clock.now()],
  );
  const scope = { accountId: account, mainId: account, subaccountId: undefined, callerId: account };
  const list = (before?: string) =>
    listRequests(db, scope, { ...noFilters, caller: 'MAOPERATOR' }, before, 20);
  assert.deepEqual(await list(), []);
  const [found] = await list('f0000000-0000-7000-8000-000000050000');
  assert.equal(found?.id, old.id);
});

test('a quiet subaccount finds its requests, whatever another one makes', async () => {
  makeLog();
  const account = await makeAccount();
  await db.query(
    `insert into logged_requests (id, account_id, subaccount_id, at, duration_ms, address, method, path, status)
     select ('f0000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, $1, 'SALOUD', $2, 1, '', 'GET', '', 404 from generate_series(1, 100000) n`,
    [account, clock.now()],
  );
  await db.query(
    `insert into logged_requests (id, account_id, subaccount_id, at, duration_ms, address, method, path, status)
     select id, $1, 'SAQUIET', $2, 1, '', 'GET', '', status from unnest($3::uuid[], array[200, 404]) as own (id, status)`,
    [account, clock.now(), [request(account).id, request(account).id]],
  );
  const scope = { accountId: 'SAQUIET', mainId: account, subaccountId: 'SAQUIET', callerId: 'SAQUIET' };
  const count = async (minStatus: number) =>
    (await listRequests(db, scope, { ...noFilters, minStatus }, undefined, 20)).length;
  assert.deepEqual([await count(0), await count(400)], [2, 1]);
});
