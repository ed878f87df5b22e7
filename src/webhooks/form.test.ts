// Parameters as forms, there and back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeValue, readForm, writeForm } from './form.ts';

const parameters = [
  ['Text', 'a b&c=d+é 100% 😀\n"\\\''],
  ['From', '+1 415'],
  ['MessageTime', '2026-11-30 09:00:00.000000'],
  ['ErrorCode', ''],
  ['Text', '~*-._'],
] as const;

test('a form gives back what was written, in its order', () => {
  assert.deepEqual(readForm(writeForm(parameters)), parameters);
  assert.deepEqual(readForm(writeForm([])), []);
});

test('a value is found in a form as it is encoded alone', () => {
  for (const [name, value] of parameters)
    assert.ok(`&${writeForm(parameters)}&`.includes(`&${name}=${encodeValue(value)}&`));
});
