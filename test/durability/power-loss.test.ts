// The embedded database after a power cut, in a model where only synced bytes were kept (shadow-file-system.ts).
import assert from 'node:assert/strict';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { PGlite } from '@electric-sql/pglite';
import { DurableFileSystem } from '../../src/db/embedded/durable-file-system.ts';
import { ensureDatabase } from '../../src/db/embedded/first-start.ts';
import { openDurably } from '../../src/db/embedded/pglite.ts';
import { testTemplate } from '../support/database.ts';
import { ShadowFileSystem } from './shadow-file-system.ts';

let parent: string;
let prepared: string;

before(async () => {
  parent = await mkdtemp(join(tmpdir(), 'rucksack-power-loss-'));
  prepared = join(parent, 'prepared');
  await ensureDatabase(prepared, await testTemplate());
});

after(() => rm(parent, { recursive: true }));

interface Acknowledged {
  inserted: number;
  updated: number;
}

/** Writes rows until the power is lost; returns up to which number inserts and updates were acknowledged before. */
async function workUntil(lostPower: () => boolean, database: PGlite): Promise<Acknowledged> {
  const acknowledged = { inserted: 0, updated: 0 };
  for (let number = 1; ; number++) {
    await database.query('insert into kept values ($1::int, repeat(md5($1::int::text), 20), 0)', [number]);
    if (lostPower()) return acknowledged;
    acknowledged.inserted = number;
    await database.query('update kept set changed = changed + 1 where number = $1', [number]);
    if (lostPower()) return acknowledged;
    acknowledged.updated = number;
    if (number % 25 === 0) await database.exec('checkpoint');
    if (number % 40 === 0) await database.exec('vacuum full kept');
    if (number % 60 === 0) await database.exec('select pg_switch_wal()');
  }
}

async function countRows(database: PGlite, condition: string): Promise<number | undefined> {
  const { rows } = await database.query<{ count: number }>(
    `select count(*)::int from kept where ${condition}`,
  );
  return rows[0]?.count;
}

// In a commit, in checkpoints, around rewritten tables and in a new log segment.
for (const powerLossAt of [20, 121, 150, 240]) {
  test(`power lost at sync ${powerLossAt}: every acknowledged row is there, and the indexes are right`, async () => {
    const directory = join(parent, `directory-${powerLossAt}`);
    const shadow = join(parent, `shadow-${powerLossAt}`);
    await cp(prepared, directory, { recursive: true });
    await cp(prepared, shadow, { recursive: true });

    const fileSystem = new ShadowFileSystem(directory, shadow, powerLossAt);
    const before = await openDurably(fileSystem);
    await before.exec('create table kept (number int primary key, text text not null, changed int not null)');
    await before.exec('create index kept_by_text on kept (text)');
    const { inserted, updated } = await workUntil(() => fileSystem.lostPower, before);
    await before.close();

    const afterwards = await openDurably(new DurableFileSystem(shadow));
    assert.equal(await countRows(afterwards, `number <= ${inserted}`), inserted);
    assert.equal(await countRows(afterwards, `number <= ${updated} and changed = 1`), updated);
    const rows = await countRows(afterwards, 'true');
    await afterwards.exec('set enable_seqscan = off');
    assert.equal(await countRows(afterwards, 'number > 0'), rows);
    assert.equal(await countRows(afterwards, `text > ''`), rows);
    await afterwards.close();
  });
}
