// The acceptance checklist of the control plane's wire contract, each line in its own words.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { routes } from '../../src/api/routes.ts';
import { answerFaults } from './answer-shapes.ts';
import { type AskOptions, emptyBodies, form, json, multipart } from './ask.ts';
import { ask, dropIn, pool, powerpack, statusOf, unknownUuid, world } from './harness.ts';
import type { RawAnswer } from './raw-request.ts';
import { forSale, members, theNumber, theShortcode, theTollfree } from './world.ts';

/** Returns the path of a request with values for its segments. */
const filledPath = (path: string) =>
  path
    .replace(':auth_id', world.app.account.authId)
    .replaceAll(/:\w*uuid/g, unknownUuid)
    .replaceAll(/:\w+/g, '1');

/** Runs section 17 of wire-control-plane, one test per line. */
export function describeChecklist(): void {
  describe('acceptance checklist', () => {
    test('0, 1 and 2 trailing slashes equal; no redirect; interior `//` is 404', async () => {
      // Without credentials a path that is known answers 401, whatever the method does; an unknown one 404.
      for (const { method, path } of routes) {
        for (const slashes of ['', '/', '//', '///']) {
          const { status } = await ask(method, `${filledPath(path)}${slashes}`, { as: null });
          assert.equal(status, 401, `${method} ${path}${slashes}`);
        }
      }
      for (const slashes of ['', '/', '//']) {
        await world.reset();
        const bare = powerpack.slice(0, -1);
        const { status, body } = await ask(
          'POST',
          `${bare}${slashes}`,
          json({ name: `renamed ${slashes.length}` }),
        );
        assert.deepEqual([status, body.name], [200, `renamed ${slashes.length}`]);
        assert.equal(await statusOf('GET', `${bare}${slashes}`), 200);
        assert.equal(await statusOf('DELETE', `${bare}${slashes}`), 204);
        assert.equal(await statusOf('GET', bare), 404);
      }
      const account = `/v1/Account/${world.app.account.authId}`;
      for (const path of [
        `${account}/NumberPool//Number/`,
        `${account}/NumberPool//Number/${theNumber}/`,
        `${account}/Powerpack//${world.powerpackUuid}/`,
        `${account}/NumberPool/${world.poolUuid}//Number/`,
        `${account}/NumberPool/${world.poolUuid}/Number//${theNumber}/`,
        '/v1/Account//Powerpack/',
        `/v1//Account/${world.app.account.authId}/Powerpack/`,
        `/${account}/Powerpack/`,
      ]) {
        for (const method of ['GET', 'POST', 'DELETE']) assert.equal(await statusOf(method, path), 404, path);
      }
    });

    describe('body absent, zero-length, chunked-empty, `""`, `{}`, `{}`+newline all accepted on POST and DELETE', () => {
      /** Calls that mean something without parameters, what they answer, in an order in which each still finds its object. */
      const calls = (): [method: string, path: string, status: number][] => [
        ['POST', '', 202],
        ['POST', powerpack, 200],
        ['POST', `${pool}Number/${theNumber}/`, 200],
        ['POST', `${pool}Tollfree/${theTollfree}/`, 200],
        ['POST', `${pool}Shortcode/${theShortcode}/`, 200],
        ['POST', `PhoneNumber/${forSale}/`, 201],
        ['POST', `Number/${theNumber}/`, 202],
        ['POST', `Application/${world.appId}/`, 202],
        ['DELETE', `${pool}Number/${theNumber}/`, 200],
        ['DELETE', `${pool}Tollfree/${theTollfree}/`, 200],
        ['DELETE', `${pool}Shortcode/${theShortcode}/`, 200],
        ['DELETE', `Number/${theNumber}/`, 204],
        ['DELETE', `Application/${world.appId}/`, 204],
        ['DELETE', powerpack, 204],
      ];
      for (const [what, options] of Object.entries(emptyBodies)) {
        test(what, async () => {
          for (const [method, path, status] of calls()) {
            assert.equal(await statusOf(method, path, options), status, `${method} ${path}`);
          }
        });
      }
    });

    describe('bodies on GET ignored', () => {
      const bodies: Readonly<Record<string, AskOptions>> = {
        ...emptyBodies,
        'an object': json({ limit: 1 }),
        'no JSON': json('{"limit":'),
        'a list': json('[1]'),
        'a form': form({ limit: '1' }),
        'an unknown type': { headers: { 'content-type': 'application/x-nothing' }, body: 'nothing' },
      };
      for (const [what, options] of Object.entries(bodies)) {
        test(what, async () => {
          assert.deepEqual(answerFaults('powerpack.list', await ask('GET', 'Powerpack/', options)), []);
          const { status, body } = await ask('GET', `${pool}Number/`, options);
          assert.deepEqual([status, body.meta.limit, body.objects.length], [200, 20, members.length]);
        });
      }
    });

    describe('multipart and urlencoded forms accepted on POST and DELETE', () => {
      for (const [kind, makeForm] of Object.entries({ urlencoded: form, multipart })) {
        test(kind, async () => {
          const priority = '[{"service_type":"SMS","country_iso":"US","priority":{"priority1":"tollfree"}}]';
          const fields = {
            name: 'of a form, ümläut & more',
            sticky_sender: 'False',
            application_id: world.appId,
            application_type: 'xml',
            number_priority: priority,
          };
          const created = await ask('POST', 'Powerpack/', makeForm(fields));
          assert.equal(created.status, 200, created.text);
          const { name, sticky_sender, local_connect, application_id, number_priority } = created.body;
          assert.deepEqual([name, sticky_sender, local_connect], [fields.name, false, true]);
          assert.equal(application_id, world.appId);
          assert.equal(number_priority[0].priority.priority1, 'tollfree');

          const renamed = await ask('POST', powerpack, makeForm({ name: 'renamed by a form' }));
          assert.equal(renamed.body.name, 'renamed by a form');
          assert.equal(await statusOf('POST', `${pool}Number/${forSale}/`, makeForm({ rent: 'true' })), 200);
          assert.equal(
            await statusOf('DELETE', `${pool}Number/${forSale}/`, makeForm({ unrent: 'true' })),
            200,
          );
          assert.equal(await statusOf('GET', `Number/${forSale}/`), 404);
          assert.equal(await statusOf('DELETE', powerpack, makeForm({ unrent_numbers: '1' })), 204);
          assert.equal(await statusOf('GET', `Number/${theNumber}/`), 404);
        });
      }
    });

    describe('all boolean spellings of 3.2, in body and query', () => {
      const spellings: [expected: boolean, spellings: readonly unknown[]][] = [
        [true, [true, 1, 'true', 'True', 'TRUE', 'tRuE', '1']],
        [false, [false, 0, 'false', 'False', 'FALSE', 'fAlSe', '0']],
      ];
      for (const [expected, given] of spellings) {
        for (const spelling of given) {
          test(`${JSON.stringify(spelling)} means ${expected}`, async () => {
            const ways: [way: string, query: string, options: AskOptions][] = [
              ['JSON body', '', json({ sticky_sender: spelling })],
              ['form', '', form({ sticky_sender: String(spelling) })],
              ['query', `?sticky_sender=${spelling}`, {}],
            ];
            for (const [way, query, options] of ways) {
              await ask('POST', powerpack, json({ sticky_sender: !expected }));
              const { status, body } = await ask('POST', `${powerpack}${query}`, options);
              assert.deepEqual([status, body.sticky_sender], [200, expected], way);
            }
            const unrent = await ask('DELETE', `${pool}Number/${theNumber}/?unrent=${spelling}`);
            assert.equal(unrent.status, 200);
            assert.equal(await statusOf('GET', `Number/${theNumber}/`), expected ? 404 : 200);
          });
        }
      }

      for (const absent of [null, '']) {
        test(`${JSON.stringify(absent)} means absent`, async () => {
          await ask('POST', powerpack, json({ sticky_sender: false }));
          const { status, body } = await ask('POST', powerpack, json({ sticky_sender: absent, name: 'n' }));
          assert.deepEqual([status, body.sticky_sender, body.name], [200, false, 'n']);
        });
      }

      for (const wrong of ['yes', 'on', 'truee', ' ', 2, -1, 0.5, [true], ['1'], {}]) {
        test(`${JSON.stringify(wrong)} is refused, and changes nothing`, async () => {
          const { status, body } = await ask('POST', powerpack, json({ sticky_sender: wrong, name: 'n' }));
          assert.deepEqual([status, body.error], [400, 'sticky_sender must be a boolean']);
          assert.equal((await ask('GET', powerpack)).body.name, 'powerpack 0');
        });
      }
    });

    test('Node `?&?search=hack` and `/&service=sms` handled', async () => {
      for (const [target, found] of [
        [`${pool}Number/?&?search=hack`, members.length],
        [`${pool}Number//?&?search=hack`, members.length],
        [`${pool}Number/?type=tollfree&?search=hack`, 1],
        [
          `${pool}Number/?type=fixed&starts_with=1613&country_iso2=CA&limit=5&offset=0&service=sms&?search=hack`,
          1,
        ],
      ] as const) {
        const { status, body } = await ask('GET', target);
        assert.deepEqual([status, body.meta?.total_count], [200, found], target);
      }
      for (const [target, status] of [
        [`${pool}Shortcode/${theShortcode}/&service=sms`, 200],
        [`${pool}Shortcode/${theShortcode}/&service=mms`, 404],
        [`${pool}Tollfree/${theTollfree}/&service=sms`, 200],
        [`${pool}Tollfree/${theTollfree}/&service=mms`, 404],
      ] as const) {
        assert.equal(await statusOf('GET', target), status, target);
      }
      assert.equal(await statusOf('GET', 'Powerpack/?'), 200, 'a bare question mark (Node up to 4.13)');
    });

    test('Java extra keys, .NET extra keys in `number_priority`, Ruby search keys on POST ignored', async () => {
      const java = {
        id: world.poolUuid,
        secondary_id: null,
        uuid: world.poolUuid,
        country_iso2: 'US',
        service: null,
      };
      const noise = { ApiId: null, StatusCode: 0, Interface: null, Id: null };
      const priority = { priority1: 'tollfree', priority2: 'shortcode', priority3: 'longcode' };
      const calls: [method: string, path: string, body: object, status: number][] = [
        ['POST', `${pool}Number/${forSale}/`, { ...java, number: forSale, rent: true }, 200],
        ['DELETE', `${pool}Number/${forSale}/`, { ...java, unrent: true, number: forSale }, 200],
        ['POST', `${pool}Tollfree/${theTollfree}/`, { ...java, tollfree: theTollfree }, 200],
        [
          'DELETE',
          `${pool}Tollfree/${theTollfree}/`,
          { ...java, unrent: false, number: null, tollfree: theTollfree },
          200,
        ],
        ['DELETE', `${pool}Shortcode/${theShortcode}/`, { ...java, shortcode: theShortcode }, 200],
        [
          'DELETE',
          `Application/${world.appId}/`,
          { ...java, cascade: true, new_endpoint_application: null },
          204,
        ],
        ['POST', `PhoneNumber/${forSale}/`, { number: forSale }, 201],
        ['POST', `Number/${forSale}/`, { number: forSale, alias: 'a' }, 202],
        // Ruby, after a search.
        [
          'POST',
          `${pool}Number/14155550187/`,
          { rent: true, service: 'sms', limit: 1, starts_with: '415', country_iso: 'US', type: 'local' },
          200,
        ],
        [
          'POST',
          powerpack,
          {
            number_priority: [
              { ...noise, service_type: 'MMS', country_iso: 'CA', priority: { ...noise, ...priority } },
            ],
          },
          200,
        ],
      ];
      for (const [method, path, body, status] of calls) {
        const answer = await ask(method, path, json(body));
        assert.equal(answer.status, status, `${method} ${path}: ${answer.text}`);
      }
      const { number_priority } = (await ask('GET', powerpack)).body;
      assert.deepEqual(number_priority[3], { service_type: 'MMS', country_iso: 'CA', priority });
      assert.equal(await statusOf('GET', `Number/${theTollfree}/`), 200);
    });

    test('`number_pool` index 5 is the pool uuid in create, get, list and update answers', async () => {
      const created = (await ask('POST', 'Powerpack/', json({ name: 'index 5' }))).body;
      const path = `Powerpack/${created.uuid}/`;
      const [, , , , , uuid] = created.number_pool.split('/');
      const { body } = await ask('GET', 'Powerpack/');
      const listed = body.objects.find((object: { uuid: string }) => object.uuid === created.uuid);
      const answers = [
        (await ask('GET', path)).body,
        (await ask('POST', path, json({ name: 'six' }))).body,
        listed,
      ];
      for (const { number_pool } of answers) assert.equal(number_pool.split('/')[5], uuid);
      assert.equal((await ask('GET', `NumberPool/${uuid}/`)).body.uuid, uuid);
    });

    test('204 carries `Content-Type: application/json`', async () => {
      for (const path of [powerpack, `Number/${theNumber}/`, `Application/${world.appId}/`]) {
        const { status, headers, text } = await ask('DELETE', path);
        assert.deepEqual([status, headers['content-type'], text], [204, 'application/json', '']);
      }
    });

    test('all error bodies non-empty JSON objects with a string `error`', async () => {
      const big = json({ name: 'x'.repeat(1024 * 1024) });
      const errors: [status: number, answer: Promise<RawAnswer>][] = [
        [400, ask('POST', 'Powerpack/', json('{'))],
        [400, ask('POST', 'Powerpack/', json('[]'))],
        [400, ask('POST', 'Powerpack/', json({}))],
        [
          400,
          ask('POST', 'Powerpack/', {
            headers: { 'content-type': 'application/json' },
            body: Buffer.from([0xff]),
          }),
        ],
        [
          400,
          ask('POST', 'Powerpack/', { headers: { 'content-type': 'multipart/form-data' }, body: 'name=' }),
        ],
        [400, ask('GET', 'Powerpack/?limit=x')],
        [401, ask('GET', 'Powerpack/', { as: null })],
        [401, ask('GET', 'Powerpack/', { as: { ...world.app.account, authToken: 'wrong' } })],
        [401, ask('GET', '/v1/PhoneNumber/', { as: { authId: 'MA\0', authToken: 'wrong' } })],
        [404, ask('GET', '/v1/Nothing/')],
        [404, ask('GET', '/')],
        [404, ask('GET', `Powerpack/${unknownUuid}/`)],
        [404, ask('GET', 'Powerpack/no-uuid/')],
        [404, ask('GET', 'Application/%00/')],
        [404, ask('GET', '/v1/Account/%00/Powerpack/')],
        [400, ask('GET', 'Powerpack/%ff/')],
        [405, ask('PUT', powerpack, json({}))],
        [409, ask('POST', powerpack, json({ name: 'powerpack 1' }))],
        [413, ask('POST', 'Powerpack/', big)],
      ];
      for (const [expected, pending] of errors) {
        const { status, headers, text, body } = await pending;
        assert.equal(status, expected, text);
        assert.match(headers['content-type'] ?? '', /^application\/json/);
        assert.deepEqual([typeof body.api_id, typeof body.error], ['string', 'string'], text);
        assert.ok(body.error.length > 0);
      }
    });

    test('Python create with `""`, `""`, `[]` yields a default powerpack', async () => {
      const sent = {
        name: 'python',
        sticky_sender: true,
        local_connect: true,
        application_type: '',
        application_id: '',
        number_priority: [],
      };
      const python = await ask('POST', 'Powerpack/', json(sent));
      const plain = await ask('POST', 'Powerpack/', json({ name: 'plain' }));
      assert.equal(python.status, 200);
      const its = { api_id: '', uuid: '', number_pool: '', name: '' };
      assert.deepEqual({ ...python.body, ...its }, { ...plain.body, ...its });
    });

    test('rename-only update keeps application, flags, priority', async () => {
      const priority = { service_type: 'SMS', country_iso: 'CA', priority: { priority1: 'tollfree' } };
      const settings = { sticky_sender: false, local_connect: false, number_priority: [priority] };
      const before = (await ask('POST', powerpack, json(settings))).body;
      const { body } = await ask('POST', powerpack, json({ name: 'renamed' }));
      assert.equal(before.application_id, world.presentAppId);
      assert.deepEqual({ ...body, api_id: '' }, { ...before, name: 'renamed', api_id: '' });
    });

    test('count honours filters via `meta.total_count`; page past the end is 200 with `[]`', async () => {
      for (const [query, total] of [
        ['', members.length],
        ['type=fixed', members.length - 1],
        ['type=toll-free', 1],
        ['type=mobile', 0],
        ['country_iso2=ca', 1],
        ['service=mms', 1],
        ['starts_with=212,613&country_iso2=US', 1],
        ['starts_with=1212,1613', 2],
        ['starts_with=415555010&limit=5', 10],
      ] as const) {
        assert.equal((await ask('GET', `${pool}Number/?${query}`)).body.meta.total_count, total, query);
      }
      const lists = [
        ['Powerpack/', 12],
        ['Application/', 12],
        ['Number/', members.length],
        ['PhoneNumber/?country_iso=US&pattern=212', 99],
        ['Subaccount/', 0],
        [`${pool}Number/`, members.length],
        [`${pool}Tollfree/`, 1],
        [`${pool}Shortcode/`, 1],
      ] as const;
      for (const [list, total] of lists) {
        const { status, body } = await ask(
          'GET',
          `${list}${list.includes('?') ? '&' : '?'}limit=20&offset=1000`,
        );
        assert.deepEqual([status, body.objects, body.meta.total_count], [200, [], total], list);
      }
    });

    test('Application calls through the redirections of section 2: Node, unchanged, by TLS and CONNECT', async () => {
      // The replay sends those of Ruby, PHP and .NET; Python, Go and Java make theirs in `npm run test:sdks`.
      const program = `
      const plivo = require('plivo');
      const client = new plivo.Client();
      const { applications } = client;
      (async () => {
        console.log = () => undefined;
        const { appId } = await applications.create('drop-in', { messageUrl: 'https://example.com/1' });
        await applications.update(appId, { messageUrl: 'https://example.com/2' });
        const { appName } = await applications.get(appId);
        const { meta } = await applications.list({ limit: 1 });
        const deleted = await applications.delete(appId, { cascade: true });
        const gone = await applications.get(appId).catch(({ status }) => status);
        process.stdout.write(JSON.stringify([appName, meta.totalCount, deleted, gone]));
      })();`;
      const { authId, authToken } = world.app.account;
      const credentials = { PLIVO_AUTH_ID: authId, PLIVO_AUTH_TOKEN: authToken };
      const { stdout, stderr } = await dropIn.run(process.execPath, ['-e', program], credentials);
      assert.equal(stdout, '["drop-in",13,true,404]', stderr);
    });

    test('no compression for `Accept-Encoding: *` or absent, nor for any other', async () => {
      for (const encoding of [undefined, '*', 'identity', 'gzip', 'gzip, compress, deflate, br']) {
        const headers: Record<string, string> = encoding === undefined ? {} : { 'accept-encoding': encoding };
        const answer = await ask('GET', `${pool}Number/`, { headers });
        assert.deepEqual(answerFaults('numberpool.number.list', answer), []);
      }
    });

    // "One conformance run per SDK per row of section 15": replay.test.ts (Ruby, PHP, .NET), node-sdk.test.ts (Node) and
    // `npm run test:sdks` (Python, Go, Java).
  });
}
