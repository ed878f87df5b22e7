// How the seven SDKs really talk and react: what the server must do for all of them together, in the words in which
// it was found out. What concerns messages comes with them.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { routes } from '../../src/api/routes.ts';
import { isStream } from '../../src/http/endpoint.ts';
import { answerFaults } from './answer-shapes.ts';
import { type AskOptions, json } from './ask.ts';
import { ask, pool, powerpack, statusOf, total, world } from './harness.ts';
import { forSale, members, theNumber, theShortcode, theTollfree } from './world.ts';

const rentedCount = () => total('Number/');
const jsonType = { headers: { 'content-type': 'application/json' } } as const;

/** Returns the paths of every list. */
const lists = () => [
  'Powerpack/',
  'Application/',
  'Number/',
  'Subaccount/',
  'PhoneNumber/?country_iso=US',
  `${pool}Number/`,
  `${pool}Tollfree/`,
  `${pool}Shortcode/`,
];

/** Returns every deletion, and its status. */
const deletions = (): [path: string, status: number][] => [
  [`${pool}Number/${theNumber}/`, 200],
  [`${pool}Tollfree/${theTollfree}/`, 200],
  [`${pool}Shortcode/${theShortcode}/`, 200],
  [`Number/${theNumber}/`, 204],
  [`Application/${world.appId}/`, 204],
  [powerpack, 204],
];

/** Runs "What the server must do" of sdk-reactions, for the control plane. */
export function describeReactions(): void {
  describe('paths', () => {
    test('a doubled slash at the end: Ruby powerpack update and delete', async () => {
      const { status, body } = await ask('POST', `${powerpack}/`, json({ name: 'ruby' }));
      assert.deepEqual([status, body.name], [200, 'ruby']);
      assert.equal(await statusOf('DELETE', `${powerpack}/`, json({ unrent_numbers: false })), 204);
    });

    test('a doubled slash at the end: Go powerpack get and list, number list/count/find, shortcode and tollfree find', async () => {
      for (const path of [
        'Powerpack//?limit=5&service=sms',
        `${powerpack}/`,
        `${pool}Number//?limit=5&starts_with=415&country_iso2=US`,
        `${pool}Number/${theNumber}//?service=sms`,
        `${pool}Shortcode/${theShortcode}//`,
        `${pool}Tollfree/${theTollfree}//?service=sms`,
      ]) {
        assert.equal(await statusOf('GET', path), 200, path);
      }
      assert.equal((await ask('GET', 'Powerpack//?limit=5&service=sms')).body.meta.limit, 5);
    });

    test('a doubled slash at the end: Node and Go account get and update, Node numberpool.numbers.list', async () => {
      const account = `/v1/Account/${world.app.account.authId}//`;
      assert.equal(await statusOf('GET', account, json('""')), 200);
      assert.equal(await statusOf('POST', account, json({ city: 'Berlin' })), 202);
      assert.equal((await ask('GET', '')).body.city, 'Berlin');
      assert.equal(await total(`${pool}Number//?&?search=hack`), members.length);
    });

    test('no slash at all: .NET UpdateAsync', async () => {
      const { status, body } = await ask('POST', powerpack.slice(0, -1), json({ name: 'async' }));
      assert.deepEqual([status, body.name], [200, 'async']);
    });

    test('redirects are never safe', async () => {
      const account = `/v1/Account/${world.app.account.authId}`;
      // A stream has no end to wait for.
      const ending = routes.filter(({ endpoint }) => !isStream(endpoint));
      const paths = ending.map(({ path }) => path.replace(':auth_id', world.app.account.authId));
      for (const path of [
        ...paths,
        '/',
        '/v1',
        '/v1/Account',
        `${account}/powerpack`,
        `${account}/../`,
        '//',
      ]) {
        for (const slashes of ['', '/', '//']) {
          const { status, headers } = await ask('GET', `${path}${slashes}`);
          assert.ok(status < 300 || status >= 400, `${path}${slashes} answered ${status}`);
          assert.equal(headers.location, undefined);
        }
      }
    });

    test('Node appends junk: …/Shortcode/444444/&service=sms and …/Tollfree/{n}/&service=sms', async () => {
      const shortcode = await ask('GET', `${pool}Shortcode/${theShortcode}/&service=sms`, json('""'));
      assert.deepEqual(answerFaults('numberpool.shortcode.find', shortcode), []);
      const tollfree = await ask('GET', `${pool}Tollfree/${theTollfree}/&service=sms`, json('""'));
      assert.deepEqual(answerFaults('numberpool.tollfree.find', tollfree), []);
    });

    test('base URLs with a trailing slash give /v1/Account/{id}//Powerpack/…', async () => {
      const account = `/v1/Account/${world.app.account.authId}//`;
      assert.equal(await statusOf('GET', `${account}${powerpack}`), 200);
      assert.equal((await ask('POST', `${account}${powerpack}`, json({ name: 'slash' }))).body.name, 'slash');
      assert.equal(await statusOf('GET', `${account}${pool}Number//?&?search=hack`), 200);
    });

    test('PHP number_pool->numbers->buy_add_number() by search asks GET /v1/PhoneNumber/?… with no account part', async () => {
      const found = await ask('GET', '/v1/PhoneNumber/?country_iso2=US&type=local&pattern=415', jsonType);
      assert.deepEqual(answerFaults('phonenumber.search', found), []);
      const { number, resource_uri } = found.body.objects[0];
      assert.equal(resource_uri, `/v1/Account/${world.app.account.authId}/PhoneNumber/${number}/`);
      const added = await ask('POST', `${pool}Number/${number}/`, json({ rent: 'true', service: 'sms' }));
      assert.deepEqual(answerFaults('numberpool.number.rent_and_add', added), []);
    });

    test('Node buy_add_number(): if the search fails or is empty it still POSTs: answer 4xx, rent nothing', async () => {
      const before = await rentedCount();
      for (const text of [
        'Error:%20country_iso%20is%20required',
        "TypeError:%20Cannot%20read%20properties%20of%20undefined%20(reading%20'number')",
        'undefined',
        '[object%20Object]',
      ]) {
        const { status, body } = await ask('POST', `${pool}Number/${text}/`, json({ rent: 'true' }));
        assert.equal(status, 400, text);
        assert.equal(typeof body.error, 'string');
      }
      assert.equal(await rentedCount(), before);
    });
  });

  describe('query', () => {
    test('Node number list/count: empty pairs and a parameter named ?search; ignore both', async () => {
      assert.equal(await total(`${pool}Number/?type=fixed&starts_with=1613&?search=hack`), 1);
      assert.equal(await total(`${pool}Number/?&?search=hack`), members.length);
      assert.equal(await total(`${pool}Number/?&&type=tollfree&&`), 1);
    });

    test('Java list calls add id={pool uuid}; ignore it', async () => {
      assert.equal(await total(`${pool}Number/?limit=5&offset=0&id=${world.poolUuid}`), members.length);
      assert.equal(await total(`${pool}Shortcode/?id=${world.poolUuid}`), 1);
      assert.equal(await total(`${pool}Tollfree/?limit=5&id=${world.poolUuid}`), 1);
    });

    test("prefix/country filters of the pool's number list: starts_with, country_iso2 or pattern, country_iso", async () => {
      assert.equal(await total(`${pool}Number/?starts_with=212&country_iso2=US`), 1);
      assert.equal(await total(`${pool}Number/?pattern=212&country_iso=US`), 1);
      assert.equal(await total(`${pool}Number/?pattern=1212&country_iso=US`), 1);
      assert.equal(await total(`${pool}Number/?country_iso=CA`), 1);
    });

    test('PhoneNumber search: country_iso, PHP only country_iso2; Ruby starts_with and rent=true; Python service', async () => {
      const found = await total('PhoneNumber/?country_iso=US&pattern=212&services=sms');
      assert.equal(found, 99);
      assert.equal(await total('PhoneNumber/?country_iso2=US&pattern=212'), found);
      assert.equal(await total('PhoneNumber/?country_iso=US&rent=true&starts_with=212'), found);
      assert.equal(await total('PhoneNumber/?country_iso=US&country_iso2=US&pattern=212&service=sms'), found);
      assert.equal(await total('PhoneNumber/?country_iso=US&pattern=212&service=voice'), 0);
      assert.equal(await statusOf('GET', 'PhoneNumber/?pattern=212'), 400);
    });

    test('booleans in a query: True (Python, .NET), true (Ruby, Node), 1/0 (PHP)', async () => {
      for (const eligible of ['True', 'true', '1', '0', 'False']) {
        assert.equal(
          await total(`PhoneNumber/?country_iso=US&pattern=212&eligible=${eligible}`),
          99,
          eligible,
        );
      }
    });

    test('spaces arrive as + or %20; , as %2C', async () => {
      for (const region of ['New+York', 'New%20York']) {
        assert.equal(await total(`PhoneNumber/?country_iso=US&pattern=212&region=${region}`), 99, region);
      }
      for (const comma of [',', '%2C', '%2c', '%2C%20', ',+']) {
        assert.equal(await total(`Number/?services=sms${comma}mms`), members.length, comma);
        assert.equal(await total(`${pool}Number/?starts_with=212${comma}613`), 2, comma);
      }
    });

    test('number list by type: type (Python, Ruby, Node, PHP, .NET), number_type (Go, Java)', async () => {
      assert.equal(await total('Number/?type=tollfree'), 1);
      assert.equal(await total('Number/?number_type=tollfree'), 1);
      assert.equal(await total('Number/?number_type=local'), members.length - 1);
    });
  });

  describe('bodies', () => {
    test('GET with Content-Type: application/json and no body: Python, Ruby, Node, PHP, Go', async () => {
      for (const path of [...lists(), powerpack, '', `Number/${theNumber}/`, `Application/${world.appId}/`]) {
        assert.equal(await statusOf('GET', path, jsonType), 200, path);
      }
    });

    test('Node sends a JSON body on GET and DELETE', async () => {
      for (const path of ['Powerpack/', `${pool}Number/${theNumber}/`, `${pool}Tollfree/${theTollfree}/`]) {
        assert.equal(await statusOf('GET', path, json('""')), 200, path);
      }
      for (const [path, status] of deletions()) {
        for (const body of ['""', '{}']) {
          await world.reset();
          assert.equal(await statusOf('DELETE', path, json(body)), status, `${path} ${body}`);
        }
      }
    });

    test('POST and DELETE with Content-Type: application/json and no body, chunked by Go; Java has neither', async () => {
      // Every way to send nothing meets every call in the checklist; these are the pairs that were seen.
      const none = { framing: 'none' } as const;
      const seen: [who: string, options: AskOptions, method: string, path: string, status: number][] = [
        ['Python, Ruby add_tollfree', jsonType, 'POST', `${pool}Tollfree/${theTollfree}/`, 200],
        ['Ruby add_number', jsonType, 'POST', `${pool}Number/${theNumber}/`, 200],
        [
          'Go add_tollfree',
          { ...jsonType, framing: 'chunks' },
          'POST',
          `${pool}Tollfree/${theTollfree}/`,
          200,
        ],
        [
          'Python remove_shortcode',
          { ...jsonType, framing: 'length' },
          'DELETE',
          `${pool}Shortcode/${theShortcode}/`,
          200,
        ],
        ['Python number delete', { ...jsonType, framing: 'length' }, 'DELETE', `Number/${theNumber}/`, 204],
        ['Ruby, Go number delete', { ...jsonType, ...none }, 'DELETE', `Number/${theTollfree}/`, 204],
        ['Java number delete', none, 'DELETE', 'Number/12125550101/', 204],
        [
          'Ruby, Go application delete',
          { ...jsonType, ...none },
          'DELETE',
          `Application/${world.appId}/`,
          204,
        ],
      ];
      for (const [who, options, method, path, status] of seen) {
        assert.equal(await statusOf(method, path, options), status, who);
      }
    });

    test('DELETE carries parameters in the body (all SDKs). PHP sends them twice', async () => {
      assert.equal(
        await statusOf('DELETE', `${pool}Number/${theNumber}/?unrent=1`, json({ unrent: true })),
        200,
      );
      assert.equal(await statusOf('GET', `Number/${theNumber}/`), 404);
      assert.equal(
        await statusOf('DELETE', `${pool}Tollfree/${theTollfree}/?unrent=0`, json({ unrent: false })),
        200,
      );
      assert.equal(await statusOf('GET', `Number/${theTollfree}/`), 200);
      assert.equal(await statusOf('DELETE', powerpack, json({ unrent_numbers: true })), 204);
      assert.equal(await statusOf('GET', 'Number/12125550101/'), 404);
    });

    test('Content-Type is application/json, ; charset=UTF-8 (Java), ; charset=utf-8 (.NET)', async () => {
      for (const type of [
        'application/json',
        'application/json; charset=UTF-8',
        'application/json; charset=utf-8',
        'application/json;charset=utf-8',
        'APPLICATION/JSON',
      ]) {
        const name = `typed ${type}`;
        const body = JSON.stringify({ name });
        assert.equal(
          (await ask('POST', powerpack, { headers: { 'content-type': type }, body })).body.name,
          name,
        );
      }
    });

    test("Go's body ends with a newline and escapes <>& as \\u003c etc. PHP escapes / as \\/", async () => {
      const go = await ask('POST', powerpack, json('{"name":"a\\u003cb\\u003e\\u0026c"}\n'));
      assert.equal(go.body.name, 'a<b>&c');
      const php = await ask(
        'POST',
        `Application/${world.appId}/`,
        json('{"message_url":"http:\\/\\/example.com\\/sms\\/"}'),
      );
      assert.equal(php.status, 202);
      assert.equal(
        (await ask('GET', `Application/${world.appId}/`)).body.message_url,
        'http://example.com/sms/',
      );
    });

    test('non-ASCII text comes raw UTF-8 (Ruby, Node, Go, .NET) or as \\uXXXX (Python, PHP), surrogates too (Java)', async () => {
      for (const body of [
        '{"name":"héllo 😀"}',
        '{"name":"h\\u00e9llo \\ud83d\\ude00"}',
        '{"name":"héllo \\uD83D\\uDE00"}',
      ]) {
        await ask('POST', powerpack, json({ name: 'plain' }));
        assert.equal((await ask('POST', powerpack, json(body))).body.name, 'héllo 😀');
        assert.equal((await ask('GET', powerpack)).body.name, 'héllo 😀');
      }
    });

    test('booleans in bodies: real booleans, or strings', async () => {
      for (const rent of ['"true"', 'true', '"True"']) {
        assert.equal(
          await statusOf('POST', `${pool}Number/${forSale}/`, json(`{"rent":${rent}}`)),
          200,
          rent,
        );
        assert.equal(
          await statusOf('DELETE', `${pool}Number/${forSale}/`, json(`{"unrent":${rent}}`)),
          200,
          rent,
        );
        assert.equal(await statusOf('GET', `Number/${forSale}/`), 404);
      }
      for (const rent of ['"false"', 'false', '"False"']) {
        assert.equal(
          await statusOf('POST', `${pool}Number/${forSale}/`, json(`{"rent":${rent}}`)),
          404,
          rent,
        );
      }
      // Node application and subaccount calls; the seed's curl; Go up to 7.42.
      const created = await ask('POST', 'Subaccount/', json({ name: 's', enabled: 'true' }));
      assert.equal((await ask('GET', `Subaccount/${created.body.auth_id}/`)).body.enabled, true);
      assert.equal(
        await statusOf('DELETE', `Subaccount/${created.body.auth_id}/`, json({ cascade: 'true' })),
        204,
      );
      assert.equal(await statusOf('DELETE', `Application/${world.appId}/`, json({ cascade: 'true' })), 204);
      assert.equal(
        (await ask('POST', powerpack, json({ sticky_sender: 'False' }))).body.sticky_sender,
        false,
      );
      assert.equal((await ask('POST', powerpack, json({ sticky_sender: 'true' }))).body.sticky_sender, true);
    });

    test('empty and null values mean "not given"', async () => {
      const python = { application_type: '', application_id: '', number_priority: [] };
      assert.equal(await statusOf('POST', 'Powerpack/', json({ name: 'python', ...python })), 200);
      const update = await ask('POST', powerpack, json({ name: 'updated', ...python }));
      assert.equal(update.body.application_id, world.presentAppId);
      const java = { service: null, secondary_id: null, rent: null };
      const added = await ask('POST', `${pool}Number/${theNumber}/`, json(java));
      assert.deepEqual([added.status, added.body.service], [200, 'sms']);
      const account = { name: null, city: 'Oslo', address: null };
      const { name } = (await ask('GET', '')).body;
      assert.equal(await statusOf('POST', '', json(account)), 202);
      assert.deepEqual([(await ask('GET', '')).body.name, (await ask('GET', '')).body.city], [name, 'Oslo']);
    });

    test('unknown members must be ignored: Java, .NET, Python, Ruby', async () => {
      const java = {
        id: '1',
        secondary_id: null,
        uuid: world.poolUuid,
        number: '1',
        tollfree: null,
        shortcode: null,
      };
      const net = { Id: null, ApiId: null, StatusCode: 0, Interface: null };
      const priority = { ...net, priority1: 'longcode', priority2: null, priority3: null };
      const entry = { ...net, service_type: 'SMS', country_iso: 'US', priority };
      const ruby = { rent: true, starts_with: '415', country_iso: 'US', type: 'local' };
      assert.equal(
        await statusOf('POST', `${pool}Number/${theNumber}/`, json({ ...java, country_iso2: 'US' })),
        200,
      );
      assert.equal(await statusOf('POST', powerpack, json({ ...java, number_priority: [entry] })), 200);
      assert.equal(await statusOf('POST', `${pool}Number/${forSale}/`, json(ruby)), 200);
      assert.equal(await statusOf('POST', `PhoneNumber/14155550187/`, json({ number: '14155550187' })), 201);
      assert.equal(
        await statusOf('POST', `Number/${forSale}/`, json({ number: forSale, alias: 'python' })),
        202,
      );
      assert.equal(
        await statusOf('DELETE', `Application/${world.appId}/`, json({ app_id: world.appId })),
        204,
      );
    });

    test('an update may carry {}', async () => {
      const before = (await ask('GET', powerpack)).body;
      const { status, body } = await ask('POST', powerpack, json({}));
      assert.equal(status, 200);
      assert.deepEqual({ ...body, api_id: '' }, { ...before, api_id: '' });
      for (const path of [`Number/${theNumber}/`, `Application/${world.appId}/`, '']) {
        assert.equal(await statusOf('POST', path, json({})), 202, path);
      }
    });
  });

  describe('responses', () => {
    test('DELETE must answer 200 or 204 and nothing else; a 204 carries a JSON type and no body, a removal success', async () => {
      for (const [path, status] of deletions()) {
        await world.reset();
        const answer = await ask('DELETE', path);
        const operation = status === 200 ? 'numberpool.number.remove' : 'powerpack.delete';
        assert.equal(answer.status, status, path);
        assert.deepEqual(answerFaults(operation, answer), [], path);
      }
      const { body } = await ask('POST', 'Subaccount/', json({ name: 'deleted' }));
      const answer = await ask('DELETE', `Subaccount/${body.auth_id}/`);
      assert.deepEqual(answerFaults('powerpack.delete', answer), []);
    });

    test('never send an empty 200: GET, create and update need a JSON object', async () => {
      const answers = [
        await ask('GET', ''),
        await ask('GET', 'Pricing/?country_iso=US'),
        await ask('GET', pool),
        await ask('POST', 'Powerpack/', json({ name: 'created' })),
        await ask('POST', powerpack, json({})),
        await ask('POST', 'Application/', json({ app_name: 'created' })),
        await ask('POST', 'Subaccount/', json({ name: 'created' })),
        await ask('POST', `Number/${theNumber}/`, json({})),
        ...(await Promise.all(lists().map((path) => ask('GET', path)))),
      ];
      for (const { status, body, headers } of answers) {
        assert.ok(status >= 200 && status <= 202);
        assert.ok(typeof body === 'object' && body !== null && !Array.isArray(body), 'no top-level arrays');
        assert.ok(!Object.hasOwn(body, 'error'));
        assert.match(body.api_id, /^[0-9a-f-]{36}$/);
        assert.match(headers['content-type'] ?? '', /^application\/json/, 'Content-Type is needed for Ruby');
      }
    });

    test('always a JSON body on errors, whose error is a string', async () => {
      const inVain = routes.map(({ method, path }) => {
        const target = path.replace(':auth_id', world.app.account.authId).replaceAll(/:\w+/g, 'nothing');
        return ask(method, target, { ...json('{"name": {}, "limit": "x"}'), as: null });
      });
      const refused = [
        ...inVain,
        ask('GET', `${pool}Number/${forSale}/`),
        ask('GET', '/v1/Account/'),
        ask('POST', 'Powerpack/', json('[')),
        ask('POST', 'Application/', json({})),
        ask('POST', 'Number/', json({ numbers: 'none', carrier: 'c', region: 'r' })),
        ask('DELETE', powerpack, json('"text"')),
      ];
      // Python's list of messages needs `objects` even there (wire-data-plane section 1.1).
      for (const { status, body, headers, text } of await Promise.all(refused)) {
        assert.ok(status >= 400 && status < 500, text);
        const { objects = [], ...rest } = body;
        assert.deepEqual([Object.keys(rest).sort(), objects], [['api_id', 'error'], []]);
        assert.equal(typeof body.error, 'string');
        assert.match(headers['content-type'] ?? '', /^application\/json/);
      }
    });

    test('gzip only when asked: never', async () => {
      for (const encoding of ['*', 'gzip', 'gzip, deflate', 'gzip, compress, deflate, br']) {
        const { headers } = await ask('GET', `${pool}Number/`, { headers: { 'accept-encoding': encoding } });
        assert.deepEqual(
          [headers['content-encoding'], headers['transfer-encoding']],
          [undefined, undefined],
          encoding,
        );
      }
    });

    test('number_pool must be a non-null string whose element 5 is the pool uuid', async () => {
      for (const { number_pool } of (await ask('GET', 'Powerpack/')).body.objects) {
        assert.match(number_pool, /^\/v1\/Account\/[A-Z0-9]{20}\/NumberPool\/[0-9a-f-]{36}\/$/);
        assert.equal(await statusOf('GET', `NumberPool/${number_pool.split('/')[5]}/Number/`), 200);
      }
    });

    test('strings must be JSON strings for Go, booleans booleans, lata a number or null', async () => {
      const powerpacks = await ask(
        'POST',
        powerpack,
        json({ application_id: world.appId, application_type: 'xml' }),
      );
      assert.deepEqual(answerFaults('powerpack.update', powerpacks), []);
      assert.deepEqual(answerFaults('number.get', await ask('GET', `Number/${theNumber}/`)), []);
      assert.deepEqual(
        answerFaults('phonenumber.search', await ask('GET', 'PhoneNumber/?country_iso=CA')),
        [],
      );
      const { cash_credits, auto_recharge } = (await ask('GET', '')).body;
      assert.deepEqual([typeof cash_credits, typeof auto_recharge], ['string', 'boolean']);
    });

    test('lists need meta and objects (an empty list, never absent)', async () => {
      const stranger = await world.app.makeAccount('Nothing yet');
      for (const path of ['Powerpack/', 'Application/', 'Number/', 'Subaccount/']) {
        const { status, body } = await ask('GET', path, { as: stranger });
        assert.equal(status, 200);
        assert.deepEqual(body.objects, []);
        assert.deepEqual(body.meta, { limit: 20, next: null, offset: 0, previous: null, total_count: 0 });
      }
    });

    test('iterators of Python and Java page with limit 20 until objects is empty', async () => {
      for (let index = 0; index < 13; index++)
        await ask('POST', 'Powerpack/', json({ name: `more ${index}` }));
      const seen = new Set<string>();
      let offset = 0;
      for (;;) {
        const { body } = await ask('GET', `Powerpack/?limit=20&offset=${offset}`);
        if (body.objects.length === 0) break;
        for (const { uuid } of body.objects) seen.add(uuid);
        offset += 20;
      }
      assert.deepEqual([seen.size, offset], [25, 40]);
    });

    test('number objects: include verification_info: [] (array); number_type one of those that Java knows', async () => {
      const own = ['4915112345678', '442079460000', '61491570006', '18335550101'];
      await world.must('POST', 'Number/', { numbers: own.join(), carrier: 'c', region: 'r' });
      const { body } = await ask('GET', 'Number/');
      assert.equal(body.meta.total_count, members.length + own.length);
      for (const { verification_info, number_type } of body.objects) {
        assert.deepEqual(verification_info, []);
        assert.ok(
          ['local', 'tollfree', 'fixed', 'mobile', 'national', 'shortcode', 'any'].includes(number_type),
        );
      }
    });

    test('PhoneNumber buy needs numbers: [{number,status}]', async () => {
      const answer = await ask('POST', `PhoneNumber/${forSale}/`, json({}));
      assert.deepEqual(answerFaults('phonenumber.buy', answer), []);
      assert.deepEqual(answer.body.numbers, [{ number: forSale, status: 'Success' }]);
    });

    test('Application answers: PHP and Node read log_incoming_message (singular), besides log_incoming_messages', async () => {
      for (const wanted of [false, true]) {
        await ask('POST', `Application/${world.appId}/`, json({ log_incoming_messages: wanted }));
        const { log_incoming_message, log_incoming_messages } = (
          await ask('GET', `Application/${world.appId}/`)
        ).body;
        assert.deepEqual([log_incoming_message, log_incoming_messages], [wanted, wanted]);
      }
    });

    test('do not answer 5xx on Application paths: they are retried at once', async () => {
      const odd = ['1', '%00', '%ff', '..', "'", '%F0%9F%98%80', 'x'.repeat(500)];
      for (const id of odd) {
        for (const method of ['GET', 'POST', 'DELETE']) {
          const status = await statusOf(
            method,
            `Application/${id}/`,
            json({ message_url: 'https://example.com/' }),
          );
          assert.ok(status >= 400 && status < 500, `${method} ${id} answered ${status}`);
        }
      }
      for (const body of [
        {},
        { app_name: '' },
        { app_name: 'x', subaccount: 'SA1' },
        { app_name: 'x'.repeat(300) },
      ]) {
        assert.equal(await statusOf('POST', 'Application/', json(body)), 400);
      }
    });
  });

  describe('retries and timeouts', () => {
    test('curl (PHP) and okhttp resend a DELETE once if a reused connection dies: deletes must be idempotent', async () => {
      for (const [path] of deletions()) {
        await world.reset();
        await ask('DELETE', path);
        const numbers = await rentedCount();
        const powerpacks = await total('Powerpack/');
        assert.equal(await statusOf('DELETE', path), 404, path);
        assert.deepEqual([await rentedCount(), await total('Powerpack/')], [numbers, powerpacks], path);
      }
    });

    test('answer within 5 s', { timeout: 5000 }, async () => {
      const numbers = Array.from(
        { length: 1000 },
        (_, index) => `1${201 + (index % 2)}5551${String(index).padStart(3, '0')}`,
      );
      await world.must('POST', 'Number/', { numbers: numbers.join(), carrier: 'c', region: 'r' });
      assert.equal(await rentedCount(), members.length + numbers.length);
    });

    test('Basic auth is sent on the first request by all; none waits for a 401 challenge', async () => {
      assert.equal(await statusOf('GET', powerpack), 200);
      const { status, headers } = await ask('GET', powerpack, { as: null });
      assert.equal(status, 401);
      assert.match(headers['www-authenticate'] ?? '', /^Basic /);
    });

    test('PHP, Go and Java send no Accept header; answer JSON whatever Accept says', async () => {
      for (const accept of [
        undefined,
        '*/*',
        'text/html',
        'application/xml',
        'image/png;q=0.9',
        'nonsense',
      ]) {
        const headers: Record<string, string> = accept === undefined ? {} : { accept };
        assert.deepEqual(answerFaults('powerpack.get', await ask('GET', powerpack, { headers })), []);
        const failure = await ask('GET', 'Powerpack/x/', { headers });
        assert.equal(typeof failure.body.error, 'string');
      }
    });
  });
}
