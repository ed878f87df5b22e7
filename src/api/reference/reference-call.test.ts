// Sample requests, as shown.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { curlCall } from './reference-call.ts';

const auth = 'curl -u $PLIVO_AUTH_ID:$PLIVO_AUTH_TOKEN \\\n  ';
const url = '"$RUCKSACK_URL/v1/Account/$PLIVO_AUTH_ID/X/{id}/"';
const json = "-H 'Content-Type: application/json'";

const cases: [what: string, method: string, body: unknown, call: string][] = [
  ['reading', 'GET', undefined, `${auth}${url}`],
  ['deleting', 'DELETE', undefined, `${auth}-X DELETE \\\n  ${url}`],
  ['a POST without a body', 'POST', undefined, `${auth}-X POST \\\n  ${url}`],
  ['a short body', 'POST', { a: 1 }, `${auth}${url} \\\n  ${json} \\\n  -d '{"a":1}'`],
  [
    'a long body',
    'POST',
    { first: 'a text of thirty characters..', second: 'and another' },
    `${auth}${url} \\\n  ${json} \\\n  -d '{\n    "first": "a text of thirty characters..",\n    "second": "and another"\n  }'`,
  ],
];

test('a file', () => {
  const call = curlCall('POST', '/v1/Account/{auth_id}/X/{id}/', undefined, 'file');
  assert.equal(call, `${auth}${url} \\\n  -F file=@picture.jpg`);
});

for (const [what, method, body, call] of cases) {
  test(what, () => assert.equal(curlCall(method, '/v1/Account/{auth_id}/X/{id}/', body), call));
}
