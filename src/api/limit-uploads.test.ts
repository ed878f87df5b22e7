// The limit on uploads at once.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeUploadLimit } from './limit-uploads.ts';

test('no more uploads run at once than allowed; one that ends, well or not, frees its slot', async () => {
  const limit = makeUploadLimit(2);
  const ends: { resolve: (value: string) => void; reject: (error: Error) => void }[] = [];
  const begin = () => limit(() => new Promise<string>((resolve, reject) => ends.push({ resolve, reject })));
  const first = begin();
  const second = begin();
  const refusal = { kind: 'tooMany', message: 'too many uploads at once', headers: { 'Retry-After': '1' } };
  await assert.rejects(begin, refusal);
  ends[0]?.resolve('done');
  assert.equal(await first, 'done');
  const third = begin();
  await assert.rejects(begin, refusal);
  ends[1]?.reject(new Error('broken'));
  await assert.rejects(second, { message: 'broken' });
  const fourth = begin();
  ends[2]?.resolve('third');
  ends[3]?.resolve('fourth');
  assert.deepEqual(await Promise.all([third, fourth]), ['third', 'fourth']);
});
