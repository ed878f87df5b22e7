// The file of a recording: what is written to it is read again.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeTemporaryDirectory } from '../../test/support/process.ts';
import { type RecordedCall, readRecording } from './recorded-call.ts';
import { openRecordingFile } from './recording-file.ts';

const callWith = (text: string): RecordedCall => ({
  at: '2026-03-14T09:26:53.589Z',
  method: 'POST',
  target: '/v1/Account/MA/Message/',
  request: { json: { text } },
  status: 202,
  response: { none: true },
  ms: 12,
});

test('calls are read as they were written, also those whose texts have separators of lines in them', async (t) => {
  const folder = await makeTemporaryDirectory();
  t.after(() => folder.remove());
  const path = join(folder.path, 'calls.jsonl');
  const calls = ['one\ntwo', 'one\u2028two\u2029three', 'ж 😀'].map(callWith);
  const file = await openRecordingFile(path);
  await Promise.all(calls.map((call) => file.append(call)));
  await file.close();
  const read: RecordedCall[] = [];
  for await (const call of readRecording(path)) read.push(call);
  assert.deepEqual(read, calls);
});
