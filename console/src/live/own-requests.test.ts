// The changes that a tab has asked for, as commands.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asCurl, forgetOwnRequests, ownRequests, sendNoted } from './own-requests.ts';

const answer = (body: object | null, status = 200) =>
  Promise.resolve(
    new Response(body && JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } }),
  );

test('a change is noted with the api_id of its answer, a read is not', async () => {
  forgetOwnRequests();
  const url = 'http://127.0.0.1/v1/Account/MA1/Powerpack/?a=1';
  await sendNoted(new Request(url), () => answer({ api_id: 'read' }));
  const change = new Request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"name":"x"}',
  });
  const response = await sendNoted(change, () => answer({ api_id: 'made' }, 201));
  assert.deepEqual(await response.json(), { api_id: 'made' });
  await sendNoted(new Request(url, { method: 'DELETE' }), () => answer(null, 204));
  assert.deepEqual(ownRequests(), [
    { method: 'DELETE', path: '/Powerpack/?a=1', body: undefined, status: 204, apiId: undefined },
    { method: 'POST', path: '/Powerpack/?a=1', body: '{"name":"x"}', status: 201, apiId: 'made' },
  ]);
  forgetOwnRequests();
  assert.deepEqual(ownRequests(), []);
});

test('a command has the credentials as variables, and its body as one word of the shell', () => {
  assert.equal(
    asCurl({ method: 'POST', path: '/Message/', body: '{"text":"it\'s $5"}' }),
    `curl -u "$PLIVO_AUTH_ID:$PLIVO_AUTH_TOKEN" -X POST "$RUCKSACK_URL/v1/Account/$PLIVO_AUTH_ID"'/Message/' -H 'Content-Type: application/json' -d '{"text":"it'\\''s $5"}'`,
  );
  assert.equal(
    asCurl({ method: 'DELETE', path: '/Number/14155550100/', body: undefined }),
    `curl -u "$PLIVO_AUTH_ID:$PLIVO_AUTH_TOKEN" -X DELETE "$RUCKSACK_URL/v1/Account/$PLIVO_AUTH_ID"'/Number/14155550100/'`,
  );
});
