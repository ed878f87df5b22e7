// The client against a vendor that is slow, refuses, or talks nonsense; time passes in the test's hand.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type ApiAccess, makeApiClient } from './api-client.ts';

const credentials = { authId: 'MAXXXXXXXXXXXXXXXXXX', authToken: 'secret-secret-secret' };

type Reply = (() => Response) | Error;
const json =
  (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  () =>
    new Response(JSON.stringify(body), { status, headers });

/** Returns a client whose calls are answered in turn, with the URLs it asked for and the pauses it made. */
function clientOf(...replies: Reply[]) {
  const asked: string[] = [];
  const pauses: number[] = [];
  const access: ApiAccess = {
    origin: 'https://vendor.example',
    who: 'the vendor',
    fetch: async (url, init) => {
      asked.push(`${init?.method} ${url}`);
      assert.equal(init?.redirect, 'error');
      const reply = replies[Math.min(asked.length, replies.length) - 1];
      if (reply === undefined || reply instanceof Error) throw reply ?? new Error('no reply');
      return reply();
    },
    wait: async (ms) => void pauses.push(ms),
  };
  return { client: makeApiClient(access, credentials), asked, pauses };
}

const page = (total: number, count: number) =>
  json({ meta: { total_count: total }, objects: Array.from({ length: count }, (_, id) => ({ id })) });

describe('the client', () => {
  test('reads all pages, twenty objects at a time', async () => {
    const { client, asked } = clientOf(page(45, 20), page(45, 20), page(45, 5));
    assert.equal((await client.list('Number/')).length, 45);
    const root = 'GET https://vendor.example/v1/Account/MAXXXXXXXXXXXXXXXXXX/Number/?limit=20&offset=';
    assert.deepEqual(asked, [`${root}0`, `${root}20`, `${root}40`]);
  });

  test('ends at an empty page, though the count promises more', async () => {
    const { client } = clientOf(page(45, 20), page(45, 0));
    assert.equal((await client.list('Number/')).length, 20);
  });

  test('waits as long as a 429 asks, else ever longer, and then goes on', async () => {
    const { client, pauses } = clientOf(
      json({}, 429, { 'retry-after': '7' }),
      json({}, 503),
      new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') }),
      json({ name: 'x' }),
    );
    assert.deepEqual(await client.get(''), { name: 'x' });
    assert.deepEqual(pauses, [7000, 2000, 4000]);
  });

  const refusals: [what: string, replies: Reply[], sentence: RegExp, pauses: number][] = [
    ['that refuses the credentials', [json({ error: 'no' }, 401)], /refuses the credentials of MAX+$/, 0],
    [
      'that has no such resource',
      [json({ error: 'not here' }, 404)],
      /asked GET Number\/, answers 404: not here$/,
      0,
    ],
    ['that fails again and again', [json({}, 500)], /answers 500, 6 times in a row$/, 5],
    [
      'that cannot be reached',
      [new Error('socket hang up')],
      /cannot be reached \(socket hang up\), 6 times/,
      5,
    ],
    [
      'that is busy for an hour',
      [json({}, 429, { 'retry-after': '3600' })],
      /wants 3600 seconds of patience/,
      0,
    ],
    ['that answers with a page', [() => new Response('<html>')], /something that is no JSON object$/, 0],
    ['that answers with a list', [json([])], /something that is no JSON object$/, 0],
    ['that floods', [() => new Response('x'.repeat(4 * 1024 * 1024 + 1))], /more than 4194304 bytes$/, 0],
  ];
  for (const [what, replies, sentence, count] of refusals) {
    test(`says in one sentence what is wrong with a server ${what}`, async () => {
      const { client, pauses } = clientOf(...replies);
      await assert.rejects(client.get('Number/'), (error: Error) => {
        assert.match(error.message, sentence);
        assert.ok(!error.message.includes(credentials.authToken));
        return error.name === 'OperatorError';
      });
      assert.equal(pauses.length, count);
    });
  }

  for (const [what, body] of [
    ['a list without a count', { meta: {}, objects: [] }],
    ['a list of texts', { meta: { total_count: 1 }, objects: ['x'] }],
    ['no list', { meta: { total_count: 1 } }],
  ] as const) {
    test(`refuses ${what}`, async () => {
      await assert.rejects(clientOf(json(body)).client.list('Number/'), /answers GET Number\/ with a list/);
    });
  }
});
