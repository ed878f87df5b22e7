// The spellings that the server must take for the same thing.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { json } from './ask.ts';
import { ask, pool, powerpack, statusOf, world } from './harness.ts';
import { forSale, theNumber, theTollfree } from './world.ts';

/** Runs section 3 of wire-control-plane. */
export function describeNormalisation(): void {
  describe('rules of normalisation (section 3)', () => {
    test('1: parameters stand in the body or in the query, on POST and DELETE; if in both, the body wins', async () => {
      const byQuery = await ask('POST', `${powerpack}?name=by+query&sticky_sender=False`);
      assert.deepEqual([byQuery.body.name, byQuery.body.sticky_sender], ['by query', false]);
      const both = await ask('POST', `${powerpack}?name=query&local_connect=false`, json({ name: 'body' }));
      assert.deepEqual([both.body.name, both.body.local_connect], ['body', false]);
      const member = `${pool}Number/${theNumber}/`;
      assert.equal(await statusOf('DELETE', `${member}?unrent=1`, json({ unrent: false })), 200);
      assert.equal(await statusOf('GET', `Number/${theNumber}/`), 200);
      assert.equal(await statusOf('DELETE', `${powerpack}?unrent_numbers=true`), 204);
      assert.equal(await statusOf('GET', `Number/${theTollfree}/`), 404);
    });

    test('3: null, "" and an empty list are the same as a missing key, but app_id null clears the application', async () => {
      const before = (await ask('GET', powerpack)).body;
      const nothing = {
        name: null,
        sticky_sender: null,
        application_id: '',
        application_type: null,
        number_priority: [],
      };
      const { status, body } = await ask('POST', powerpack, json(nothing));
      assert.equal(status, 200);
      assert.deepEqual({ ...body, api_id: '' }, { ...before, api_id: '' });

      await ask('DELETE', `${pool}Number/${theNumber}/`);
      for (const cleared of [null, 'null']) {
        await ask('POST', `Number/${theNumber}/`, json({ app_id: world.appId }));
        assert.notEqual((await ask('GET', `Number/${theNumber}/`)).body.application, null);
        assert.equal(await statusOf('POST', `Number/${theNumber}/`, json({ app_id: cleared })), 202);
        assert.equal((await ask('GET', `Number/${theNumber}/`)).body.application, null);
      }
    });

    test('5: aliases', async () => {
      for (const [path, total] of [
        [`${pool}Number/?pattern=1212&country_iso=US`, 1],
        ['Number/?number_type=tollfree', 1],
        ['PhoneNumber/?country_iso2=US&starts_with=212&service=sms&rent=true', 99],
      ] as const) {
        assert.equal((await ask('GET', path)).body.meta.total_count, total, path);
      }
      assert.equal(await statusOf('POST', `PhoneNumber/${forSale}/`, json({ ha_enabled: true })), 201);
    });

    test('6: numbers in the path with or without a leading + or %2B; digits are stored and answered', async () => {
      for (const plus of ['', '+', '%2B', '%2b']) {
        assert.equal((await ask('GET', `${pool}Number/${plus}${theNumber}/`)).body.number, theNumber, plus);
        assert.equal((await ask('GET', `Number/${plus}${theNumber}/`)).body.number, theNumber, plus);
      }
      const added = await ask('POST', `${pool}Number/%2B${forSale}/`, json({ rent: true }));
      assert.deepEqual([added.status, added.body.number], [200, forSale]);
    });

    test('7: application_type, service_type and countries in any case; answers in capitals', async () => {
      for (const type of ['xml', 'XML', 'Xml']) {
        const { body } = await ask(
          'POST',
          powerpack,
          json({ application_id: world.appId, application_type: type }),
        );
        assert.equal(body.application_type, 'XML');
      }
      const entry = { service_type: 'mms', country_iso: 'us', priority: { priority1: 'TOLLFREE' } };
      const { body } = await ask('POST', powerpack, json({ number_priority: [entry] }));
      const stored = body.number_priority.find(
        ({ service_type, country_iso }: { service_type: string; country_iso: string }) =>
          service_type === 'MMS' && country_iso === 'US',
      );
      assert.deepEqual(stored.priority, { priority1: 'tollfree', priority2: null, priority3: null });
      assert.equal((await ask('GET', 'PhoneNumber/?country_iso=us&pattern=212')).body.meta.total_count, 99);
    });

    test('8: toll-free, tollfree and toll_free in filters; tollfree in answers', async () => {
      for (const type of ['toll-free', 'tollfree', 'toll_free', 'TOLL-FREE']) {
        assert.equal((await ask('GET', `${pool}Number/?type=${type}`)).body.objects[0].type, 'tollfree');
        assert.equal((await ask('GET', `Number/?type=${type}`)).body.objects[0].number_type, 'tollfree');
        assert.equal(
          (await ask('GET', `PhoneNumber/?country_iso=US&type=${type}`)).body.objects[0].type,
          'tollfree',
        );
      }
    });

    test('9: limit and offset default to 20 and 0; above 20 counts as 20; negative or no number is 400', async () => {
      for (const [query, limit, offset] of [
        ['', 20, 0],
        ['limit=5&offset=3', 5, 3],
        ['limit=21', 20, 0],
        ['limit=100000', 20, 0],
        ['limit=&offset=', 20, 0],
      ] as const) {
        const { meta } = (await ask('GET', `Powerpack/?${query}`)).body;
        assert.deepEqual([meta.limit, meta.offset], [limit, offset], query);
      }
      for (const query of [
        'limit=-1',
        'limit=ten',
        'limit=1.5',
        'offset=-1',
        'offset=x',
        'offset=1e3',
        'limit=0x10',
      ]) {
        for (const list of ['Powerpack/', 'Application/', 'Number/', `${pool}Number/`, `${pool}Shortcode/`]) {
          assert.equal(await statusOf('GET', `${list}?${query}`), 400, `${list}?${query}`);
        }
      }
    });

    test('10: an unknown path is 404, a known one with another method 405 with Allow', async () => {
      for (const path of ['Nothing/', 'Powerpack/x/y/z/', `${pool}Nothing/`]) {
        for (const method of ['GET', 'POST', 'DELETE', 'PUT']) {
          const { status, body } = await ask(method, path);
          assert.equal(status, 404, path);
          assert.match(body.error, /^there is nothing at this path/, path);
        }
      }
      for (const [method, path, allowed] of [
        ['PUT', powerpack, 'GET, HEAD, POST, DELETE'],
        ['PATCH', powerpack, 'GET, HEAD, POST, DELETE'],
        ['DELETE', 'Powerpack/', 'GET, HEAD, POST'],
        ['PUT', 'Powerpack/Deleted/', 'GET, HEAD, POST, DELETE'],
        ['POST', pool, 'GET, HEAD'],
        ['DELETE', '', 'GET, HEAD, POST'],
        ['GET', `PhoneNumber/${forSale}/`, 'POST'],
      ] as const) {
        const { status, headers, body } = await ask(method, path);
        assert.deepEqual(
          [status, headers.allow, body.error],
          [405, allowed, 'method not allowed'],
          `${method} ${path}`,
        );
      }
    });
  });
}
