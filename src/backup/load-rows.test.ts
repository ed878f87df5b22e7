// Loading rows into an empty database: values of every type, in any order, with partitions of their own; all of them or none.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createServerDatabase, serverUrl } from '../../test/support/database.ts';
import { makeTemporaryDirectory } from '../../test/support/process.ts';
import { type LongDatabase, openLongDatabase } from '../db/long-transaction.ts';
import type { Contents } from './contents.ts';
import { readContents } from './contents.ts';
import { loadRows } from './load-rows.ts';
import { type Batch, readRows } from './read-rows.ts';

const migrations = [
  {
    name: '0001_people',
    sql: `
      create table people (id int primary key, boss int references people, name text, photo bytea, facts jsonb, tags text[],
        at timestamptz, share double precision, initial text generated always as (left(name, 1)) stored);
      insert into people values (99, null, 'made by the migration');
      create table greetings (person int references people on delete cascade);
      create function greet() returns trigger language plpgsql as $$
      begin insert into greetings values (new.id); return null; end $$;
      create trigger greeted after insert on people for each row execute function greet();
      create table calls (id int primary key, price numeric(5, 2)) partition by range (id);
      create table calls_first partition of calls for values from (minvalue) to (maxvalue) with (fillfactor=70)`,
  },
  { name: '0002_later', sql: `alter table people add column added text not null default 'yes'` },
];

/** As a server that has gone on has them: other partitions, and a subordinate before the boss. */
const contents: Contents = {
  migrations: ['0001_people'],
  tables: [
    {
      name: 'calls',
      columns: [
        { name: 'id', type: 'integer' },
        { name: 'price', type: 'numeric' },
      ],
      partitions: [
        { name: 'calls_first', bound: 'FOR VALUES FROM (MINVALUE) TO (100)', options: 'fillfactor=70' },
        { name: 'calls_later', bound: 'FOR VALUES FROM (100) TO (MAXVALUE)', options: null },
      ],
    },
    { name: 'greetings', columns: [{ name: 'person', type: 'integer' }], partitions: [] },
    {
      name: 'migrations',
      columns: [
        { name: 'name', type: 'text' },
        { name: 'applied_at', type: 'timestamp with time zone' },
      ],
      partitions: [],
    },
    {
      name: 'people',
      columns: [
        { name: 'id', type: 'integer' },
        { name: 'boss', type: 'integer' },
        { name: 'name', type: 'text' },
        { name: 'photo', type: 'bytea' },
        { name: 'facts', type: 'jsonb' },
        { name: 'tags', type: 'text[]' },
        { name: 'at', type: 'timestamp with time zone' },
        { name: 'share', type: 'double precision' },
      ],
      partitions: [],
    },
  ],
};

/** Returns a row as the database writes it. */
const lineOf = (...texts: readonly (string | null)[]): string =>
  `[${texts.map((text) => JSON.stringify(text)).join(', ')}]`;

const people = [
  lineOf(
    ...['2', '1', 'Zoë "Z" \\ \n\u0001 😀', '\\x00ff27', '{"a": [1.50, null, "é\\n"]}'],
    ...['{a,"b,c",NULL,"\\""}', '2026-03-14 09:26:53.589123+00', '0.1'],
  ),
  lineOf('1', null, '', '\\x', 'null', '{}', 'infinity', '-1.5e-300'),
];
const rows: readonly Batch[] = [
  { table: 'calls', lines: ['["5", "1.25"]', '["500", "3.00"]'] },
  { table: 'greetings', lines: [] },
  { table: 'migrations', lines: ['["0001_people", "2026-01-01 00:00:00+00"]'] },
  { table: 'people', lines: people },
];

async function* batchesOf(batches: readonly Batch[]): AsyncGenerator<Batch> {
  yield* batches;
}

let database: LongDatabase;
let close: () => Promise<void>;
before(async () => {
  const folder = await makeTemporaryDirectory();
  const server = serverUrl === undefined ? undefined : await createServerDatabase(serverUrl);
  database = await openLongDatabase({
    databaseUrl: server?.url,
    dataDir: folder.path,
    onFatal: (error) => {
      throw error;
    },
  });
  // The schema may be one that somebody else uses as well.
  await database.transaction('read write', (tx) =>
    tx.run(
      'create table strays (id int primary key, parent int references strays); insert into strays values (1, 1)',
    ),
  );
  close = async () => {
    await database.close();
    await server?.drop();
    await folder.remove();
  };
});
after(() => close());

const load = (batches: readonly Batch[]) =>
  database.transaction('read write', (tx) =>
    loadRows(tx, { contents, batches: batchesOf(batches), migrations, checkpoint: undefined }),
  );

test('a source of a newer version is refused, and one that is none', async () => {
  for (const [seen, complaint] of [
    [['0001_people', '0003_new'], /newer version of Rucksack: they have the migration 0003_new/],
    [[], /there is no database of Rucksack/],
  ] as const) {
    const other = { ...contents, migrations: seen };
    const loading = { contents: other, batches: batchesOf([]), migrations, checkpoint: undefined };
    await assert.rejects(
      database.transaction('read write', (tx) => loadRows(tx, loading)),
      complaint,
    );
  }
});

test('rows that do not arrive as they were sent, or break a rule, leave nothing', async () => {
  const rounded = rows.map((batch) =>
    batch.table === 'calls' ? { ...batch, lines: ['["5", "1.255"]'] } : batch,
  );
  await assert.rejects(
    load(rounded),
    /the rows of calls are not the same as they were, so nothing was stored/,
  );
  const orphaned = rows.map((batch) =>
    batch.table === 'people' ? { ...batch, lines: batch.lines.slice(0, 1) } : batch,
  );
  await assert.rejects(load(orphaned), /violates foreign key constraint/);
  assert.deepEqual(await database.transaction('read only', (tx) => readContents(tx, migrations)), {
    migrations: [],
    tables: [],
  });
});

test('all rows arrive as they were, with their partitions, and later migrations after them', async () => {
  const digests = await load(rows);
  assert.deepEqual(
    Object.entries(digests).map(([table, { rows: count }]) => `${table} ${count}`),
    ['calls 2', 'greetings 0', 'migrations 1', 'people 2'],
  );
  const lines = await database.transaction('read only', async (tx) => {
    const read: string[] = [];
    for await (const batch of readRows(tx, contents.tables)) read.push(...batch.lines);
    return read;
  });
  const later = lines.filter((line) => line.includes('0002_later'));
  assert.equal(later.length, 1);
  assert.deepEqual(
    lines.filter((line) => !later.includes(line)).sort(),
    rows.flatMap((batch) => batch.lines).sort(),
  );
  const after = await database.transaction('read only', (tx) => readContents(tx, migrations));
  assert.deepEqual(after.migrations, ['0001_people', '0002_later']);
  assert.deepEqual(after.tables[0]?.partitions, contents.tables[0]?.partitions);
  const [zoe] = await database.transaction('read only', (tx) =>
    tx.query('select initial, added from people where id = 2'),
  );
  assert.deepEqual(zoe, { initial: 'Z', added: 'yes' });
  const strays = await database.transaction('read only', (tx) => tx.query('select * from strays'));
  assert.deepEqual(strays, [{ id: 1, parent: 1 }]);
  // Triggers and foreign keys count again.
  await database.transaction('read write', (tx) => tx.run('insert into people (id, boss) values (3, 2)'));
  const greeted = await database.transaction('read only', (tx) => tx.query('select person from greetings'));
  assert.deepEqual(greeted, [{ person: 3 }]);
  await assert.rejects(
    database.transaction('read write', (tx) => tx.run('insert into greetings values (77)')),
    /violates foreign key constraint/,
  );
});

test('a database with tables in it is refused', () =>
  assert.rejects(load(rows), /the database of DATABASE_URL is not empty: it has the table calls/));
