import assert from 'node:assert/strict';
import { test } from 'node:test';
import { terminalLine } from './terminal-log.ts';

const time = '2026-11-29T19:06:33.120Z';

const rows: readonly [string, object, string][] = [
  [
    'a request that was served',
    {
      level: 30,
      time,
      msg: 'request',
      method: 'GET',
      route: '/v1/Account/{auth_id}/',
      status: 200,
      ms: 1.2,
      api_id: 'a',
    },
    '19:06:33 info  GET /v1/Account/{auth_id}/ 200 1.2 ms',
  ],
  [
    'a request that was refused',
    {
      level: 30,
      time,
      msg: 'request',
      method: 'POST',
      route: '/v1/X/',
      status: 400,
      error: 'dst is missing',
      ms: 3,
    },
    '19:06:33 info  POST /v1/X/ 400 "dst is missing" 3 ms',
  ],
  [
    'a request that no endpoint serves',
    {
      level: 30,
      time,
      msg: 'request',
      method: 'GET',
      path: '/nowhere',
      status: 404,
      error: 'resource not found',
    },
    '19:06:33 info  GET /nowhere 404 "resource not found"',
  ],
  [
    'an event with fields',
    { level: 40, time, msg: 'a report has no message', carrier: 'simulator', names: ['a b'] },
    '19:06:33 WARN  a report has no message carrier=simulator names=["a b"]',
  ],
  [
    'a warning with its reason',
    { level: 40, time, msg: 'the database warns', err: { message: 'gone', stack: 'Error: gone\n  at x' } },
    '19:06:33 WARN  the database warns: gone',
  ],
  [
    'a fault with its stack',
    { level: 50, time, msg: 'request failed', err: { message: 'gone', stack: 'Error: gone\n  at x' } },
    '19:06:33 ERROR request failed: Error: gone\n  at x',
  ],
];

for (const [what, entry, line] of rows) {
  test(what, () => assert.equal(terminalLine(JSON.stringify(entry)), `${line}\n`));
}
