// Queries and transactions, alike on both engines.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { createServerDatabase, openTestDatabase, serverUrl } from '../../test/support/database.ts';
import { openSilentProxy, type SilentProxy } from '../../test/support/silent-proxy.ts';
import type { Db, Transaction } from './db.ts';
import { createPooledDb } from './pooled-db.ts';
import { openPostgres } from './postgres.ts';
import { DatabaseContended, DatabaseUnavailable } from './unavailable.ts';
import { isLockTimeout } from './wait-for-lock.ts';

const onEmbedded = serverUrl === undefined && 'the embedded database has a single connection';

let db: Db;

before(async () => {
  db = await openTestDatabase();
  await db.query('create table counters (name text primary key, value int not null)');
});

beforeEach(async () => {
  await db.query('delete from counters');
});

after(() => db.close());

const counters = () =>
  db.query<{ name: string; value: number }>('select name, value from counters order by name');
const insert = (tx: Transaction, name: string, value: number) =>
  tx.query('insert into counters (name, value) values ($1, $2)', [name, value]);

/** Makes the database raise this SQLSTATE. */
const raise = (state: string) => `do $$ begin raise exception sqlstate '${state}'; end $$`;

const types: { type: string; given: unknown; read: unknown }[] = [
  { type: 'int8', given: 9_007_199_254_740_991, read: 9_007_199_254_740_991 },
  { type: 'numeric', given: '0.00350', read: '0.00350' },
  { type: 'timestamptz', given: new Date(1_700_000_000_123), read: new Date(1_700_000_000_123) },
  {
    type: 'uuid',
    given: '0190a4a0-0000-7000-8000-000000000000',
    read: '0190a4a0-0000-7000-8000-000000000000',
  },
  { type: 'jsonb', given: { a: [1, null] }, read: { a: [1, null] } },
  { type: 'bytea', given: new Uint8Array([0, 255]), read: Buffer.from([0, 255]) },
  { type: 'text[]', given: ['a"b', 'c,d'], read: ['a"b', 'c,d'] },
  { type: 'boolean', given: false, read: false },
  { type: 'text', given: null, read: null },
];

for (const { type, given, read } of types) {
  test(`a ${type} is written and read`, async () => {
    assert.deepEqual(await db.query(`select $1::${type} as value`, [given]), [{ value: read }]);
  });
}

test('a count is a number', async () => {
  assert.deepEqual(await db.query('select count(*) from counters'), [{ count: 0 }]);
});

test('a statement is prepared once for a connection', async () => {
  await db.transaction(async (tx) => {
    const sql = 'select value from counters where name = $1';
    await tx.query(sql, ['a']);
    await tx.query(sql, ['b']);
    assert.deepEqual(
      await tx.query('select count(*) from pg_prepared_statements where statement = $1', [sql]),
      [{ count: 1 }],
    );
  });
});

test('a statement has the same name in every process, whatever was asked before it', async () => {
  const sql = 'select value from counters where name = $1';
  const nameIn = (one: Db) =>
    one.transaction(async (tx) => {
      await tx.query(sql, ['a']);
      const asked = 'select name from pg_prepared_statements where statement = $1';
      return (await tx.query<{ name: string }>(asked, [sql])).map(({ name }) => name);
    });
  const other = await openTestDatabase();
  try {
    await other.query('create table counters (name text primary key, value int not null)');
    for (const number of [1, 2, 3]) await other.query(`select ${number} as number`);
    const names = await nameIn(db);
    assert.equal(names.length, 1);
    assert.match(names[0] ?? '', /^rucksack_[0-9a-f]{32}$/);
    assert.deepEqual(await nameIn(other), names);
  } finally {
    await other.close();
  }
});

test('an error of the server leaves the connection in use', async () => {
  // One at a time, so that the pool returns the same connection each time.
  const connection = () => db.query('select pg_backend_pid() as pid, pg_my_temp_schema() as session');
  await db.query('create temp table if not exists mine (a int)');
  const before = await connection();
  await assert.rejects(db.query('select 1 / 0'), /division by zero/);
  assert.deepEqual(await connection(), before);
});

test('a transaction is committed when its work ends, and returns its result', async () => {
  const result = await db.transaction(async (tx) => {
    await insert(tx, 'a', 1);
    return 'done';
  });
  assert.equal(result, 'done');
  assert.deepEqual(await counters(), [{ name: 'a', value: 1 }]);
});

test('a transaction is rolled back when its work throws', async () => {
  await assert.rejects(
    db.transaction(async (tx) => {
      await insert(tx, 'a', 1);
      throw new Error('no');
    }),
    /^Error: no$/,
  );
  assert.deepEqual(await counters(), []);
});

test('a transaction that ignored a failed query does not count as committed', async () => {
  await assert.rejects(
    db.transaction(async (tx) => {
      await insert(tx, 'a', 1);
      await insert(tx, 'a', 2).catch(() => undefined);
    }),
    /rolled back/,
  );
  assert.deepEqual(await counters(), []);
});

test('queries issued at once in a transaction run one after another', async () => {
  await db.transaction(async (tx) => {
    await Promise.all([
      insert(tx, 'a', 1),
      tx.query('update counters set value = value + 1'),
      tx.query('update counters set value = value * 10'),
    ]);
  });
  assert.deepEqual(await counters(), [{ name: 'a', value: 20 }]);
});

test('a transaction waits for queries that its work did not wait for, and refuses later ones', async () => {
  let kept: Transaction | undefined;
  await db.transaction(async (tx) => {
    kept = tx;
    void insert(tx, 'a', 1);
  });
  assert.deepEqual(await counters(), [{ name: 'a', value: 1 }]);
  await assert.rejects(async () => kept?.query('select 1'), /has ended/);
});

const retries = [
  { state: '40001', failures: 2, attempts: 3, succeeds: true },
  { state: '40P01', failures: 1, attempts: 2, succeeds: true },
  { state: '40001', failures: 3, attempts: 3, succeeds: false },
  { state: '23505', failures: 1, attempts: 1, succeeds: false },
];

/** Returns a check that a transaction has given up because of this SQLSTATE. */
const isContended = (state: string) => (error: unknown) =>
  error instanceof DatabaseContended && (error.cause as { code?: string }).code === state;

for (const { state, failures, attempts, succeeds } of retries) {
  test(`a transaction that fails ${failures} times with ${state} is tried ${attempts} times`, async () => {
    let tried = 0;
    const transaction = db.transaction(async (tx) => {
      tried += 1;
      await insert(tx, 'a', tried);
      if (tried <= failures) await tx.query(raise(state));
    });
    if (succeeds) await transaction;
    else await assert.rejects(transaction, attempts === 3 ? isContended(state) : { code: state });
    assert.equal(tried, attempts);
    assert.deepEqual(await counters(), succeeds ? [{ name: 'a', value: attempts }] : []);
  });
}

test('two transactions that would lose an update: the later one is run again', {
  skip: onEmbedded,
}, async () => {
  await db.query(`insert into counters values ('a', 1)`);
  let attempts = 0;
  await db.transaction(async (tx) => {
    attempts += 1;
    await tx.query('set transaction isolation level repeatable read');
    const [row] = await tx.query<{ value: number }>('select value from counters');
    if (attempts === 1) await db.query('update counters set value = value + 10');
    await tx.query('update counters set value = $1', [(row?.value ?? 0) + 100]);
  });
  assert.equal(attempts, 2);
  assert.deepEqual(await counters(), [{ name: 'a', value: 111 }]);
});

test('a transaction with a lock timeout fails, is not run again, and the next one waits as usual', {
  skip: onEmbedded,
}, async () => {
  await db.query(`insert into counters values ('a', 1)`);
  let tried = 0;
  let next: Promise<unknown> | undefined;
  await db.transaction(async (holder) => {
    await holder.query('update counters set value = 2');
    const hasty = db.transaction(
      (tx) => {
        tried += 1;
        return tx.query('update counters set value = 3');
      },
      { lockWaitMs: 1, plansOnce: true },
    );
    await assert.rejects(hasty, isLockTimeout);
    next = db.transaction((tx) => tx.query('update counters set value = value * 10'));
  });
  await next;
  assert.equal(tried, 1);
  assert.deepEqual(await counters(), [{ name: 'a', value: 20 }]);
});

test('a connection lost in a transaction fails it and is replaced', { skip: onEmbedded }, async () => {
  await assert.rejects(
    db.transaction(async (tx) => {
      await insert(tx, 'a', 1);
      await tx.query('select pg_terminate_backend(pg_backend_pid())');
    }),
    (error: Error & { cause?: { code?: string } }) =>
      error.name === 'DatabaseUnavailable' && error.cause?.code === '57P01',
  );
  assert.deepEqual(await counters(), []);
});

test('a connection lost between two queries of a transaction fails it too', {
  skip: onEmbedded,
}, async () => {
  await assert.rejects(
    db.transaction(async (tx) => {
      const [row] = await tx.query<{ pid: number }>('select pg_backend_pid() as pid');
      await db.query('select pg_terminate_backend($1)', [row?.pid]);
      await insert(tx, 'a', 1);
    }),
  );
  assert.deepEqual(await counters(), []);
});

for (const state of ['25006', '25P03', '53100', '57014', '58030']) {
  test(`a statement that fails with ${state} counts as database unavailable`, async () => {
    await assert.rejects(db.query(raise(state)), DatabaseUnavailable);
  });
}

test('on a read-only server a transaction counts as database unavailable, and the next one gets another connection', async () => {
  // One at a time, so that the pool returns the same connection to the next query.
  await db.query('set default_transaction_read_only = on');
  const write = () => db.transaction((tx) => insert(tx, 'a', 1));
  await assert.rejects(write(), DatabaseUnavailable);
  await write();
  assert.deepEqual(await counters(), [{ name: 'a', value: 1 }]);
});

test('a transaction fails with the error of a sent statement, whatever is asked after it', async () => {
  let tried = 0;
  await assert.rejects(
    db.transaction(async (tx) => {
      tried += 1;
      await insert(tx, 'a', 1);
      tx.send('insert into counters (name, value) values ($1, $2)', ['a', 2]);
      await tx.query('select 1');
    }),
    { code: '23505' },
  );
  assert.equal(tried, 1);
});

test('a deadlock in a sent statement runs the transaction again, whatever is asked after it', async () => {
  let tried = 0;
  await db.transaction(async (tx) => {
    tried += 1;
    if (tried === 1) tx.send(raise('40P01'));
    await insert(tx, 'a', tried);
  });
  assert.deepEqual(await counters(), [{ name: 'a', value: 2 }]);
});

test('an error of the work itself is thrown, though a sent statement has failed', async () => {
  await assert.rejects(
    db.transaction(async (tx) => {
      tx.send(raise('23505'));
      throw new Error('no');
    }),
    /^Error: no$/,
  );
});

test('afterCommit runs once the connection is released, and its error is thrown', async () => {
  let tried = 0;
  let later: Promise<unknown> | undefined;
  await assert.rejects(
    db.transaction(async (tx) => {
      tried += 1;
      await insert(tx, 'a', 1);
      tx.afterCommit(() => {
        later = counters();
        throw new Error('broken');
      });
    }),
    /^Error: broken$/,
  );
  assert.equal(tried, 1);
  assert.deepEqual(await later, [{ name: 'a', value: 1 }]);
});

describe('on a network that falls silent', {
  skip: serverUrl === undefined && 'needs a PostgreSQL server',
}, () => {
  const timeoutMs = 1000;
  let server: Awaited<ReturnType<typeof createServerDatabase>>;
  let proxy: SilentProxy;
  let remote: Db;

  before(async () => {
    server = await createServerDatabase(serverUrl ?? '');
    proxy = await openSilentProxy(server.url);
    // A connection that is not returned leaves nothing to work with.
    const pool = await openPostgres({
      databaseUrl: proxy.url,
      maxConnections: 1,
      onConnectionLost: () => {},
    });
    remote = createPooledDb(pool, 'postgresql', () => pool.end(), { timeoutMs });
  });

  after(async () => {
    await remote.close();
    await proxy.close();
    await server.drop();
  });

  const works = async () => assert.deepEqual(await remote.query('select 1 as one'), [{ one: 1 }]);

  test('a query fails as unavailable, and the next one is answered', async () => {
    await works();
    proxy.fallSilent();
    await assert.rejects(remote.query('select 1'), DatabaseUnavailable);
    await works();
  });

  test('so does everything that a transaction asks', async () => {
    await assert.rejects(
      remote.transaction(async (tx) => {
        await tx.query('select 1');
        proxy.fallSilent();
        tx.send('select 2');
        await Promise.all([tx.query('select 3'), tx.query('select 4')]);
      }),
      DatabaseUnavailable,
    );
    await works();
  });

  test('so does its commit', async () => {
    await assert.rejects(
      remote.transaction(async (tx) => {
        await tx.query('select 1');
        proxy.fallSilent();
      }),
      DatabaseUnavailable,
    );
    await works();
  });

  test('a transaction that is given up is not waited for', async () => {
    await assert.rejects(
      remote.transaction(async (tx) => {
        await tx.query('select 1');
        proxy.fallSilent();
        throw new Error('no');
      }),
      /^Error: no$/,
    );
    await works();
  });
});
