// A limit on connections: which work waits for a connection, and which does not.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTestDatabase } from '../../test/support/database.ts';
import { shareConnections } from './share-connections.ts';

test('work at its limit of connections waits, and each query and transaction runs in turn', async () => {
  const db = await openTestDatabase();
  const work = shareConnections(db, 1);
  try {
    const order: string[] = [];
    const note = (name: string) => () => void order.push(name);
    const first = work.transaction(async (tx) => {
      await tx.query('select 1');
      order.push('first');
    });
    const second = work.query('select 1').then(note('second'));
    const failing = assert.rejects(work.query('select nothing')).then(note('failing'));
    const last = work.transaction(async (tx) => tx.query('select 1')).then(note('last'));
    await Promise.all([first, second, failing, last]);
    assert.deepEqual(order, ['first', 'second', 'failing', 'last']);
    assert.equal(work.engine, db.engine);
  } finally {
    await db.close();
  }
});

test('a request waits for one transaction of limited work, however much of it waits', async () => {
  const db = await openTestDatabase();
  const work = shareConnections(db, 1);
  try {
    const order: string[] = [];
    let begun = () => {};
    const hasBegun = new Promise<void>((resolve) => {
      begun = resolve;
    });
    let end = () => {};
    const mayEnd = new Promise<void>((resolve) => {
      end = resolve;
    });
    const first = work.transaction(async (tx) => {
      await tx.query('select 1');
      begun();
      await mayEnd;
    });
    await hasBegun;
    const others = ['a', 'b', 'c'].map((name) => work.query('select 1').then(() => order.push(name)));
    const request = db.query('select 1').then(() => order.push('request'));
    // On a server the request has a connection of its own, and need not wait at all.
    if (db.engine === 'postgresql') await request;
    end();
    await Promise.all([first, request, ...others]);
    assert.equal(order[0], 'request');
  } finally {
    await db.close();
  }
});
