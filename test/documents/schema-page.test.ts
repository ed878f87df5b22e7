// The page `db/schema.sql`: up to date, and alike from every engine.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { dumpSchema } from '../../scripts/schema-dump.ts';
import { packageRoot } from '../../src/base/package-root.ts';
import type { Db } from '../../src/db/db.ts';
import { openTestDatabase } from '../support/database.ts';

let db: Db;

before(async () => {
  db = await openTestDatabase();
});

after(() => db.close());

test('db/schema.sql shows the migrated database; if not, run: node scripts/dump-schema.mjs', async () => {
  assert.equal(await dumpSchema(db), await readFile(join(packageRoot, 'db', 'schema.sql'), 'utf8'));
});

test('tables, constraints, indexes, views and functions are shown, whatever the engine', async () => {
  await db.transaction(async (tx) => {
    for (const statement of [
      'create schema sample',
      'set local search_path = sample',
      'create table makers (id bigint generated always as identity primary key, name text collate "C" not null)',
      `create table samples (
         code text default 'A' constraint short check (length(code) < 3 or code in ('LONG', 'longer')),
         maker bigint references makers on delete set null,
         size numeric(6, 2) not null default 0,
         double numeric generated always as (size * 2) stored,
         tags text[] not null default '{}',
         unique nulls not distinct (code)
       ) with (fillfactor = 70)`,
      'create index big_samples on samples (lower(code) desc, size) where size > 10',
      'create view long_codes as select code, s.size from samples s where s.size > 5 order by 1',
      'create function count_of(codes text[], size int default 1) returns int language sql as $$ select size $$',
      'create view made as select m.name, s.code from samples s join makers m on m.id = s.maker',
    ]) {
      await tx.query(statement);
    }
    const page = await dumpSchema(tx);
    assert.equal(page.slice(page.indexOf('create')), expected);
  });
});

const expected = `create table makers (
  id bigint generated always as identity not null,
  name text collate "C" not null,
  constraint makers_pkey primary key (id)
);

create table samples (
  code text default 'A'::text,
  maker bigint,
  size numeric(6,2) default 0 not null,
  double numeric generated always as ((size * (2)::numeric)) stored,
  tags text[] default '{}'::text[] not null,
  constraint samples_code_key unique nulls not distinct (code),
  constraint samples_maker_fkey foreign key (maker) references makers(id) on delete set null,
  constraint short check (length(code) < 3 or (code = any (array['LONG'::text, 'longer'::text])))
) with (fillfactor=70);
create index big_samples on samples using btree (lower(code) desc, size) where size > 10::numeric;

create view long_codes as
 select code,
    size
   from samples s
  where size > 5::numeric
  order by code;

create view made as
 select m.name,
    s.code
   from samples s
     join makers m on m.id = s.maker;

create function count_of(codes text[], size integer DEFAULT 1) returns integer language sql as $$ select size $$;
`;
