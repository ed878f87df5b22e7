// Which error stands for which case.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startTestApp } from '../support/app.ts';
import { json, makeAsk } from './ask.ts';
import { ask, pool, powerpack, unknownUuid, world } from './harness.ts';
import type { RawAnswer } from './raw-request.ts';
import { forSale, theNumber } from './world.ts';

/** Runs section 5.5 of wire-control-plane. */
export function describeErrors(): void {
  describe('which error for which case (section 5.5)', () => {
    const priority = (entry: object) =>
      json({
        number_priority: [
          { service_type: 'SMS', country_iso: 'US', priority: { priority1: 'longcode' } },
          entry,
        ],
      });
    const cases: [what: string, status: number, error: string | RegExp, answer: () => Promise<RawAnswer>][] =
      [
        ['no credentials', 401, 'invalid auth_id or auth_token', () => ask('GET', powerpack, { as: null })],
        [
          'wrong credentials',
          401,
          'invalid auth_id or auth_token',
          () => ask('GET', powerpack, { as: { ...world.app.account, authToken: 'x' } }),
        ],
        [
          '{A} is another account',
          404,
          'resource not found',
          async () => ask('GET', `/v1/Account/${(await world.app.makeAccount()).authId}/Powerpack/`),
        ],
        ['powerpack unknown', 404, 'powerpack not found', () => ask('GET', `Powerpack/${unknownUuid}/`)],
        ['pool unknown', 404, 'number pool not found', () => ask('GET', `NumberPool/${unknownUuid}/Number/`)],
        ['number unknown', 404, 'number not found', () => ask('GET', `Number/${forSale}/`)],
        ['application unknown', 404, 'application not found', () => ask('GET', 'Application/1/')],
        [
          'required field missing',
          400,
          'name is required',
          () => ask('POST', 'Powerpack/', json({ sticky_sender: true })),
        ],
        [
          'wrong type or value',
          400,
          'sticky_sender must be a boolean',
          () => ask('POST', powerpack, json({ sticky_sender: 'maybe' })),
        ],
        [
          'body is not JSON although declared so',
          400,
          'request body is not valid JSON',
          () => ask('POST', powerpack, json('name=x')),
        ],
        [
          'application_id without application_type (not none)',
          400,
          'application_type is required with application_id',
          () => ask('POST', powerpack, json({ application_id: world.appId })),
        ],
        [
          'application of the other type',
          400,
          'application not found or of another type',
          () => ask('POST', powerpack, json({ application_id: world.appId, application_type: 'PHLO' })),
        ],
        [
          'application not in this account',
          400,
          'application not found or of another type',
          () => ask('POST', powerpack, json({ application_id: '1', application_type: 'XML' })),
        ],
        [
          'bad number_priority entry: service_type',
          400,
          /number_priority\[1\]\.service_type/,
          () => ask('POST', powerpack, priority({ service_type: 'RCS', country_iso: 'US', priority: {} })),
        ],
        [
          'bad number_priority entry: priority2',
          400,
          /number_priority\[1\]\.priority\.priority2/,
          () => {
            const kinds = { priority1: 'longcode', priority2: 'pigeon' };
            return ask(
              'POST',
              powerpack,
              priority({ service_type: 'SMS', country_iso: 'US', priority: kinds }),
            );
          },
        ],
        [
          'more than 10 starts_with values',
          400,
          'starts_with accepts at most 10 values',
          () => ask('GET', `${pool}Number/?country_iso2=US&starts_with=${Array(11).fill('415')}`),
        ],
        [
          'powerpack name taken',
          409,
          'powerpack name already in use',
          () => ask('POST', 'Powerpack/', json({ name: 'powerpack 1' })),
        ],
        [
          'number in another pool',
          409,
          'number belongs to another powerpack',
          async () => {
            const { body } = await ask('POST', 'Powerpack/', json({ name: 'another' }));
            return ask('POST', `${body.number_pool.split('/').slice(4, 6).join('/')}/Number/${theNumber}/`);
          },
        ],
        [
          'number not rented, rent false',
          404,
          'number not found in this account',
          () => ask('POST', `${pool}Number/${forSale}/`, json({ rent: 'false' })),
        ],
        ['method not allowed', 405, 'method not allowed', () => ask('PUT', powerpack)],
      ];

    for (const [what, status, error, answer] of cases) {
      test(`${what}: ${status}`, async () => {
        const { status: seen, body } = await answer();
        assert.equal(seen, status);
        if (typeof error === 'string') assert.equal(body.error, error);
        else assert.match(body.error, error);
      });
    }

    test('overload: 429 with Retry-After', async () => {
      const limited = await startTestApp({ RUCKSACK_REQUEST_LIMIT: '1' });
      try {
        const askLimited = makeAsk(limited);
        assert.equal((await askLimited('GET', 'Powerpack/')).status, 200);
        const { status, headers, body } = await askLimited('GET', 'Powerpack/');
        assert.deepEqual([status, body.error], [429, 'too many requests']);
        assert.match(headers['retry-after'] ?? '', /^[1-9]\d*$/);
      } finally {
        await limited.stop();
      }
    });

    test('bug: 500 with the api_id for support', async () => {
      const { db } = world.app.app;
      await db.query('alter table powerpacks rename to mislaid');
      try {
        const { status, body } = await ask('GET', powerpack);
        assert.deepEqual([status, body.error, typeof body.api_id], [500, 'internal error', 'string']);
      } finally {
        await db.query('alter table mislaid rename to powerpacks');
      }
    });
  });
}
