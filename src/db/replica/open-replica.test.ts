// A real standby: which host is read from, and how far it is behind.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { serverUrl } from '../../../test/support/database.ts';
import { PostgresNode } from '../../../test/support/postgres-node.ts';
import { until } from '../../../test/support/until.ts';
import { systemTimers } from '../../base/timers.ts';
import type { Db } from '../db.ts';
import { createPooledDb } from '../pooled-db.ts';
import { openPostgres } from '../postgres.ts';
import { measureLag } from './measure-lag.ts';
import { openReplica } from './open-replica.ts';
import type { Replica } from './replica.ts';
import { lagOf } from './replica-lag.ts';

describe('a standby', {
  skip: serverUrl === undefined && 'needs the programs of a PostgreSQL server',
}, () => {
  let nodes: [primary: PostgresNode, standby: PostgresNode];
  let primary: Db;
  let replica: Replica;

  before(async () => {
    nodes = [await PostgresNode.make(), await PostgresNode.make()];
    const [first, second] = nodes;
    await first.initialise();
    await first.start();
    await second.copy(first);
    await second.start();
    const pool = await openPostgres({
      databaseUrl: first.url,
      maxConnections: 2,
      onConnectionLost: () => {},
    });
    primary = createPooledDb(pool, 'postgresql', () => pool.end());
    replica = openReplica(first.url.replace(first.host, `${first.host},${second.host}`), 2, systemTimers);
    await primary.query('create table kept (n int)');
  });

  after(async () => {
    await replica?.close();
    await primary?.close();
    for (const node of nodes) await node.remove();
  });

  const measure = () => measureLag(primary, replica, systemTimers.now);

  test('is found among the hosts, and has caught up', async () => {
    await until(async () => lagOf(await measure(), undefined) === 0);
  });

  test('is behind by what it has not replayed, until it has', async () => {
    const [, standby] = nodes;
    await standby.query('select pg_wal_replay_pause()');
    await primary.query('insert into kept values (1)');
    const sample = await measure();
    assert.equal(sample.hasCaughtUp, false);
    const caughtUpAt = new Date(sample.at.getTime() - 1500);
    assert.ok((lagOf(sample, undefined) ?? -1) > 0);
    assert.ok((lagOf(sample, caughtUpAt) ?? -1) <= 1500);
    await standby.query('select pg_wal_replay_resume()');
    await until(async () => lagOf(await measure(), undefined) === 0);
    assert.deepEqual(await replica.query('select n from kept'), [{ n: 1 }]);
  });

  test('that has been replaced is not read from again, on the connections that are left to it either', async () => {
    const [first, second] = nodes;
    const third = await PostgresNode.make();
    await third.copy(first);
    await third.start();
    const hosts = [first, second, third].map(({ host }) => host).join(',');
    const several = openReplica(first.url.replace(first.host, hosts), 2, systemTimers);
    const ask = () => several.query<{ is_standby: boolean }>('select pg_is_in_recovery() as is_standby');
    try {
      await ask();
      assert.equal(new URL(several.host).host, second.host);
      await second.promote();
      // One of them waits for a new connection, which the second node is asked for and is refused.
      await Promise.all([ask(), ask()]);
      assert.equal(new URL(several.host).host, third.host);
      const answers = await Promise.all([ask(), ask()]);
      assert.deepEqual(
        answers.flat().map((row) => row.is_standby),
        [true, true],
      );
    } finally {
      await several.close();
      await third.remove();
    }
  });

  test('that takes writes itself is none', async () => {
    await until(async () => lagOf(await measure(), undefined) === undefined);
  });
});
