// The name of the violated constraint, for each kind of violation.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestDatabase } from '../../test/support/database.ts';
import { violatedConstraint } from './constraint.ts';
import type { Db } from './db.ts';

let db: Db;

before(async () => {
  db = await openTestDatabase();
  await db.query('create table owners (id int primary key)');
  await db.query(
    `create table things (
       id int primary key,
       owner int constraint things_owner references owners,
       size int not null constraint things_size check (size > 0)
     )`,
  );
  await db.query('create unique index things_big on things (owner) where size > 9');
  await db.query('insert into owners values (1)');
  await db.query('insert into things values (1, 1, 10)');
});

after(() => db.close());

const cases = [
  { title: 'primary key', sql: 'insert into things values (1, 1, 1)', name: 'things_pkey' },
  { title: 'unique index', sql: 'insert into things values (2, 1, 11)', name: 'things_big' },
  { title: 'foreign key', sql: 'insert into things values (2, 7, 1)', name: 'things_owner' },
  { title: 'referenced row', sql: 'delete from owners', name: 'things_owner' },
  { title: 'check', sql: 'insert into things values (2, 1, 0)', name: 'things_size' },
  { title: 'not null', sql: 'insert into things values (2, 1, null)', name: undefined },
  { title: 'syntax', sql: 'insert what', name: undefined },
];

for (const { title, sql, name } of cases) {
  test(`${title}: ${name ?? 'no name'}`, async () => {
    await assert.rejects(db.query(sql), (error) => {
      assert.equal(violatedConstraint(error), name);
      return true;
    });
  });
}

test("an error that is not the database's has no name", () => {
  assert.equal(violatedConstraint(new Error('23505')), undefined);
  assert.equal(violatedConstraint(undefined), undefined);
});
