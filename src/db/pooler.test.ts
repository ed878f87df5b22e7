// With a real PgBouncer: the pooler is detected, and everything works through it.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { frozenClock, startTestApp, type TestPlace } from '../../test/support/app.ts';
import { createServerDatabase, serverUrl } from '../../test/support/database.ts';
import { makePowerpack, sendOne, stateOf } from '../../test/support/messaging.ts';
import { type Pooler, type PoolerOptions, poolerVersion, startPooler } from '../../test/support/pooler.ts';
import type { Db } from './db.ts';
import { openDatabase } from './open.ts';

const version = poolerVersion();
const keepsStatements = version?.keepsStatements === true;
const needsPooler =
  (serverUrl === undefined && 'needs a PostgreSQL server') || (version === undefined && 'needs PgBouncer');
const needsNewPooler = needsPooler || (!keepsStatements && 'needs PgBouncer 1.21 or newer');

let server: { url: string; drop: () => Promise<void> };
beforeEach(async () => {
  if (needsPooler) return;
  server = await createServerDatabase(serverUrl ?? '');
});
afterEach(async () => {
  if (needsPooler) return;
  await server.drop();
});

/** Runs `work` with the URL of the test's database through a pooler. */
async function through(
  options: Omit<PoolerOptions, 'poolSize'>,
  work: (databaseUrl: string, pooler: Pooler) => Promise<void>,
): Promise<void> {
  const pooler = await startPooler(server.url, { poolSize: 4, ...options });
  try {
    await work(pooler.urlOf(server.url), pooler);
  } finally {
    await pooler.stop();
  }
}

const open = (databaseUrl: string): Promise<Db> =>
  openDatabase({ databaseUrl, maxConnections: 4, onFatal: assert.fail });

describe('a pooler', { skip: needsPooler }, () => {
  test("that is absent has sharing 'sessions'", async () => {
    const db = await open(server.url);
    assert.equal(db.sharing, 'sessions');
    await db.close();
  });

  test("in session mode has sharing 'sessions'", async () => {
    await through({ mode: 'session', preparedStatements: undefined }, async (databaseUrl) => {
      const db = await open(databaseUrl);
      assert.equal(db.sharing, 'sessions');
      await db.close();
    });
  });

  test('in transaction mode without prepared statements is refused with a sentence', async () => {
    const preparedStatements = keepsStatements ? 0 : undefined;
    await through({ mode: 'transaction', preparedStatements }, async (databaseUrl) => {
      await assert.rejects(
        open(databaseUrl),
        /^OperatorError: The pooler of DATABASE_URL hands connections on after each transaction .* PgBouncer 1\.21 or newer/,
      );
    });
  });
});

describe('a pooler in transaction mode with prepared statements', { skip: needsNewPooler }, () => {
  const options = { mode: 'transaction', preparedStatements: 100 } as const;

  test('runs the right statement, whatever others have prepared before', async () => {
    await through(options, async (databaseUrl) => {
      const [one, two] = await Promise.all([open(databaseUrl), open(databaseUrl)]);
      const ask = async (db: Db, name: string, number: number) => {
        const rows = await db.transaction((tx) =>
          tx.query<{ name: string; number: number }>(`select '${name}' as name, $1::int as number`, [number]),
        );
        assert.deepEqual(rows, [{ name, number }]);
      };
      assert.deepEqual([one.sharing, two.sharing], ['transactions', 'transactions']);
      const names = ['a', 'b', 'c', 'd', 'e'];
      for (let round = 0; round < 5; round++) {
        await Promise.all([
          ...names.map((name, index) => ask(one, name, index)),
          ...[...names].reverse().map((name, index) => ask(two, name, index)),
        ]);
      }
      await Promise.all([one.close(), two.close()]);
    });
  });

  test('keeps the settings of each transaction and each query', async () => {
    await through(options, async (databaseUrl) => {
      const db = await open(databaseUrl);
      const asked = `select current_setting('statement_timeout') as timeout, current_setting('plan_cache_mode') as mode`;
      const isSet = async (asking: Promise<object[]>) =>
        assert.deepEqual(await asking, [{ timeout: '30s', mode: 'force_custom_plan' }]);
      await Promise.all([
        ...[1, 2, 3, 4].map(() => isSet(db.query(asked))),
        ...[1, 2, 3, 4].map(() => isSet(db.transaction((tx) => tx.query(asked)))),
      ]);
      await db.close();
    });
  });

  test('carries a server: powerpacks, messages at once, their delivery', async () => {
    await through(options, async (databaseUrl) => {
      const db = await open(databaseUrl);
      const place: TestPlace = { db, clock: frozenClock(), account: undefined, trackers: [] };
      const app = await startTestApp({}, place);
      const { uuid } = await makePowerpack(app, 'pooled', ['12015550100', '12015550101']);
      const ids = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          sendOne(app, { powerpack_uuid: uuid, dst: `1212555${2000 + index}` }),
        ),
      );
      await app.advance(60_000);
      const states = await Promise.all(ids.map((id) => stateOf(app, id)));
      assert.deepEqual(new Set(states), new Set(['delivered 000']));
      await app.stop();
      await db.close();
    });
  });

  test('is bypassed for wake-ups where DATABASE_LISTEN_URL names the server itself', async () => {
    await through(options, async (databaseUrl) => {
      const db = await open(databaseUrl);
      const countListening = async () => {
        const asked = `select count(*) as count from pg_stat_activity
          where datname = current_database() and application_name = 'rucksack wake-ups'`;
        return (await db.query<{ count: number }>(asked))[0]?.count;
      };
      const place: TestPlace = { db, clock: frozenClock(), account: undefined, trackers: [] };
      const silent = await startTestApp({ DATABASE_URL: databaseUrl }, place);
      assert.equal(await countListening(), 0);
      const hearing = await startTestApp(
        { DATABASE_URL: databaseUrl, DATABASE_LISTEN_URL: server.url },
        place,
      );
      while ((await countListening()) === 0);
      await hearing.stop();
      await silent.stop();
      await db.close();
    });
  });
});
