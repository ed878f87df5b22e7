// The words of the audit log.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changeInWords, differencesOf, whoInWords } from './change-words.ts';
import { changesCsv } from './changes-csv.ts';

const entry = {
  address: '127.0.0.1',
  after: null,
  at: '2026-03-14T09:26:53.000000Z',
  before: null,
  entry_id: '0198c000-0000-7000-8000-000000000000',
  method: 'POST',
  path: 'Powerpack/',
  subaccount: null,
  who: { id: 'MA1', kind: 'token', name: null },
} as const;

const people = [
  [entry, 'Auth token'],
  [{ who: { id: 'MA1', kind: 'operator', name: null }, subaccount: null }, 'Auth token of the operator'],
  [{ who: { id: 'SA1', kind: 'token', name: null }, subaccount: 'SA1' }, 'Auth token of the subaccount'],
  [{ who: { id: 'MA2', kind: 'api_key', name: 'the shop' }, subaccount: null }, 'API key the shop'],
  [{ who: { id: 'root', kind: 'command_line', name: null }, subaccount: null }, 'root, on the server'],
] as const;
for (const [given, words] of people) {
  test(`the maker of a change is named: ${words}`, () => assert.equal(whoInWords(given), words));
}

test('a change is said by what was done to what', () => {
  assert.equal(changeInWords({ ...entry, after: { uuid: '1' } }), 'Created Powerpack/');
  assert.equal(changeInWords({ ...entry, path: 'Carrier/a/Drain/' }), 'Changed Carrier/a/Drain/');
  assert.equal(changeInWords({ ...entry, path: '', before: { name: 'a' } }), 'Changed the account');
  assert.equal(changeInWords({ ...entry, method: 'DELETE', path: 'Number/1/' }), 'Deleted Number/1/');
  assert.equal(
    changeInWords({ ...entry, method: 'COMMAND', path: 'number import' }),
    'Command number import',
  );
});

test('the differences of two states are the members that differ, by name', () => {
  const before = { name: 'old', same: 1, list: [1] };
  const after = { name: 'new', same: 1, list: [1, 2], more: true };
  assert.deepEqual(differencesOf({ before, after }), [
    { name: 'list', before: '[1]', after: '[1,2]' },
    { name: 'more', before: undefined, after: 'true' },
    { name: 'name', before: 'old', after: 'new' },
  ]);
});

test('entries are a file with a line each, their states as JSON', () => {
  const [, line] = changesCsv([{ ...entry, after: { name: 'a' } }]).split('\r\n');
  assert.equal(line, '2026-03-14T09:26:53.000000Z,token,MA1,,127.0.0.1,POST,Powerpack/,,,"{""name"":""a""}"');
});
