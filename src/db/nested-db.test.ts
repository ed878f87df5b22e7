// A transaction used as a database behaves as a database does, and stays one transaction.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { openTestDatabase } from '../../test/support/database.ts';
import type { Db, Reader, Transaction } from './db.ts';
import { asWhole, insideTransaction } from './nested-db.ts';

let db: Db;

before(async () => {
  db = await openTestDatabase();
  await db.query('create table names (name text primary key)');
});

beforeEach(async () => {
  await db.query('delete from names');
});

after(() => db.close());

const insert = (reader: Reader, name: string) => reader.query('insert into names values ($1)', [name]);
const names = async (reader: Reader) =>
  (await reader.query<{ name: string }>('select name from names order by name')).map(({ name }) => name);

/** Runs `work` on a database that is a transaction of the real one. */
const nested = <Result>(work: (inner: Db) => Promise<Result>): Promise<Result> =>
  db.transaction((tx) => work(insideTransaction(tx, db)));

test('changes of its transactions are there when the outer one is committed', async () => {
  const result = await nested(async (inner) => {
    await insert(inner, 'a');
    await inner.transaction((tx) => insert(tx, 'b'));
    return names(inner);
  });
  assert.deepEqual(result, ['a', 'b']);
  assert.deepEqual(await names(db), ['a', 'b']);
});

test('changes of its transactions are gone when the outer one fails', async () => {
  const failing = nested(async (inner) => {
    await inner.transaction((tx) => insert(tx, 'a'));
    throw new Error('no');
  });
  await assert.rejects(failing, /^Error: no$/);
  assert.deepEqual(await names(db), []);
});

const failures: { title: string; fail: (tx: Transaction) => Promise<unknown>; message: RegExp }[] = [
  { title: 'throws', fail: () => Promise.reject(new Error('no')), message: /^Error: no$/ },
  { title: 'breaks a rule', fail: (tx) => insert(tx, 'a'), message: /duplicate key/ },
  {
    title: 'ignores a failed query',
    fail: (tx) => insert(tx, 'a').catch(() => undefined),
    message: /transaction is aborted/,
  },
  {
    title: 'does not wait for a query that fails',
    fail: async (tx) => void insert(tx, 'a').catch(() => undefined),
    message: /transaction is aborted/,
  },
];

for (const { title, fail, message } of failures) {
  test(`a transaction that ${title} is undone alone`, async () => {
    await nested(async (inner) => {
      await insert(inner, 'a');
      const failing = inner.transaction(async (tx) => {
        await insert(tx, 'b');
        await fail(tx);
      });
      await assert.rejects(failing, message);
      await inner.transaction((tx) => insert(tx, 'c'));
    });
    assert.deepEqual(await names(db), ['a', 'c']);
  });
}

test('a query that fails outside a transaction does not spoil the outer one', async () => {
  await nested(async (inner) => {
    await insert(inner, 'a');
    await assert.rejects(insert(inner, 'a'), /duplicate key/);
    await insert(inner, 'b');
  });
  assert.deepEqual(await names(db), ['a', 'b']);
});

test('transactions and queries issued at once run one after another', async () => {
  await nested(async (inner) => {
    const outcomes = await Promise.allSettled([
      inner.transaction(async (tx) => {
        await insert(tx, 'a');
        assert.deepEqual(await names(tx), ['a']);
      }),
      inner.transaction(async (tx) => {
        await insert(tx, 'b');
        throw new Error('no');
      }),
      inner.transaction((tx) => insert(tx, 'c')),
      insert(inner, 'd'),
      names(inner),
    ]);
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['fulfilled', 'rejected', 'fulfilled', 'fulfilled', 'fulfilled'],
    );
    assert.deepEqual(outcomes[4], { status: 'fulfilled', value: ['a', 'c', 'd'] });
  });
  assert.deepEqual(await names(db), ['a', 'c', 'd']);
});

test('a transaction that has ended refuses queries', async () => {
  await nested(async (inner) => {
    const kept = await inner.transaction(async (tx) => tx);
    await assert.rejects(insert(kept, 'late'), /has ended/);
  });
  assert.deepEqual(await names(db), []);
});

test('afterCommit runs after the outer commit, unless its part was undone', async () => {
  const happened: string[] = [];
  await nested(async (inner) => {
    await inner.transaction(async (tx) => tx.afterCommit(() => happened.push('kept')));
    const undone = inner.transaction(async (tx) => {
      tx.afterCommit(() => happened.push('undone'));
      throw new Error('no');
    });
    await assert.rejects(undone);
    assert.deepEqual(happened, []);
  });
  assert.deepEqual(happened, ['kept']);
});

test('a deadlock is left to the outer transaction, which runs everything again', async () => {
  let outerRuns = 0;
  let innerRuns = 0;
  await nested(async (inner) => {
    outerRuns += 1;
    await inner.transaction(async (tx) => {
      innerRuns += 1;
      await insert(tx, 'a');
      if (outerRuns === 1) await tx.query(`do $$ begin raise exception sqlstate '40P01'; end $$`);
    });
  });
  assert.deepEqual([outerRuns, innerRuns], [2, 2]);
  assert.deepEqual(await names(db), ['a']);
});

test('of work that is one with its transaction nothing is left when a part fails, even if the work goes on', async () => {
  for (const fail of [
    (whole: Db) => whole.transaction(() => Promise.reject(new Error('no'))),
    (whole: Db) => whole.query("do $$ begin raise exception 'no'; end $$"),
  ]) {
    const working = db.transaction((tx) =>
      asWhole(tx, db, async (whole) => {
        await whole.transaction((part) => insert(part, 'a'));
        await fail(whole).catch(() => undefined);
      }),
    );
    await assert.rejects(working, /no$/);
    assert.deepEqual(await names(db), []);
  }
});

test('work that is one with its transaction commits with it, and what its parts do after the commit happens then', async () => {
  const happened: string[] = [];
  await db.transaction(async (tx) => {
    await asWhole(tx, db, async (whole) => {
      await whole.transaction(async (part) => {
        part.send('insert into names values ($1)', ['a']);
        part.afterCommit(() => happened.push('committed'));
      });
      assert.deepEqual(await names(whole), ['a']);
    });
    assert.deepEqual(happened, []);
  });
  assert.deepEqual([happened, await names(db)], [['committed'], ['a']]);
});
