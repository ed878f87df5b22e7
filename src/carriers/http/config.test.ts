// Entries of HTTP carriers: every preset can be used, and what is wrong is named by its key.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { complaintOf, issueInWords } from '../complaint.ts';
import { type HttpConfig, httpConfig } from './config.ts';
import { presetNames, presets } from './presets/presets.ts';
import { namesIn, parseTemplate } from './template.ts';

/** Returns a value for each secret that a preset names. */
function secretsOf(preset: string): Record<string, string> {
  const names = namesIn(parseTemplate(JSON.stringify(presets.get(preset))));
  const secrets = names.filter((name) => name.startsWith('secret.')).map((name) => name.slice(7));
  return Object.fromEntries(secrets.map((name) => [name, `the-${name}`]));
}

const read = (entry: object) => httpConfig.safeParse(entry, { error: issueInWords });

function readOrFail(entry: object): HttpConfig {
  const { success, data, error } = read(entry);
  if (!success) assert.fail(complaintOf('', error.issues));
  return data;
}

const upstream = { name: 'up', type: 'http', preset: 'plivo', secrets: { id: 'MA1', token: 'secret' } };

for (const preset of presetNames) {
  test(`the preset ${preset} needs its secrets and a name`, () => {
    const config = readOrFail({ name: 'up', type: 'http', preset, secrets: secretsOf(preset) });
    assert.equal(config.name, 'up');
    assert.ok(config.reports !== undefined && config.inbound !== undefined);
  });
}

test('a carrier needs no preset, and what it does not say has its default', () => {
  const { preset: _, ...bare } = upstream;
  const config = readOrFail({ ...bare, send: { url: 'http://127.0.0.1/send', form: { text: '{text}' } } });
  assert.deepEqual(config.services, ['sms']);
  assert.deepEqual(
    [config.atOnce, config.timeoutMs, config.rate, config.isIdempotent],
    [10, 20_000, 0, false],
  );
  assert.deepEqual(config.answers.unclear, [[500, 599]]);
  assert.equal(config.reports, undefined);
});

test('given keys are merged over the preset: objects member by member, null removes, a proof replaces', () => {
  const config = readOrFail({
    ...upstream,
    rate: 0,
    idempotent: true,
    send: { url: 'http://127.0.0.1:9/{secret.id}/', json: { method: null, log: 'false' } },
    verify: { basic: ['{secret.id}', '{secret.token}'] },
  });
  assert.deepEqual([config.rate, config.isIdempotent], [0, true]);
  assert.deepEqual(config.verify, { kind: 'basic', by: ['MA1', 'secret'] });
  const { body, url } = config.send.gsm7;
  assert.deepEqual(url, ['http://127.0.0.1:9/', { placeholder: 'secret.id' }, '/']);
  assert.ok(body !== undefined && 'json' in body && 'members' in body.json);
  const names = body.json.members.map(({ name }) => name);
  assert.ok(names.includes('log') && names.includes('src') && !names.includes('method'));
});

test('a request for MMS or UCS-2 is the same but for what is said of it', () => {
  const config = readOrFail({ ...upstream, send: { ucs2: { json: { encoding: 'ucs2' } } } });
  const namesOf = ({ body }: HttpConfig['send']['gsm7']) =>
    body !== undefined && 'json' in body && 'members' in body.json
      ? body.json.members.map(({ name }) => name)
      : [];
  assert.ok(config.send.mms !== undefined && namesOf(config.send.mms).includes('media_urls'));
  assert.ok(!namesOf(config.send.gsm7).includes('media_urls'));
  assert.deepEqual(namesOf(config.send.ucs2), [...namesOf(config.send.gsm7), 'encoding']);
});

const complaints: [entry: object, complaint: string][] = [
  [
    { preset: 'nope' },
    'carriers[0].preset must be one of plivo, kannel, jasmin, twilio, telnyx, bandwidth, vonage',
  ],
  [{ wrong: 1 }, 'carriers[0].wrong is not a key that there is'],
  [{ name: 'Up' }, 'carriers[0].name must be 2 to 32 of a-z, 0-9 and -'],
  [{ services: ['fax'] }, 'carriers[0].services[0] must be one of sms, mms'],
  [{ at_once: 0 }, 'carriers[0].at_once must be at least 1'],
  [{ timeout_seconds: 30 }, 'carriers[0].timeout_seconds must be at most 25'],
  [{ secrets: { token: null } }, 'carriers[0].secrets.token is missing: {secret.token} stands for it'],
  [{ allow: ['10.0.0.0/33'] }, 'carriers[0].allow[0] must be an address or a network (203.0.113.0/24)'],
  [{ send: { url: 'ftp://example.com' } }, 'carriers[0].send.url must begin with http:// or https://'],
  [{ send: { method: 'PUT' } }, 'carriers[0].send.method must be one of GET, POST'],
  [
    { send: { method: 'GET' } },
    'carriers[0].send must have one of form, json and xml at most, and none where the method is GET',
  ],
  [{ send: { json: { a: [{ b: '{nope}' }] } } }, 'carriers[0].send.json has {nope}, which is no placeholder'],
  [
    { send: { headers: { 'X-A': '{nope}' } } },
    'carriers[0].send.headers.X-A has {nope}, which is no placeholder',
  ],
  [{ send: { mms: { wrong: 1 } } }, 'carriers[0].send.mms.wrong is not a key that there is'],
  [{ send: { mms: null } }, 'carriers[0].services has mms, and send.mms does not say how one is sent'],
  [
    { idempotent: true, send: { json: { expiry: '{expires_seconds}' } } },
    'carriers[0].send has {expires_seconds}, which changes, and idempotent requests are the same at each attempt',
  ],
  [
    { taken: { names: 'id' } },
    'carriers[0].taken.names must be a JSON pointer (/a/0/b), form:NAME, query:NAME, header:NAME or regex:EXPRESSION',
  ],
  [
    { failures: [{ status: '9xx', is: 'spam' }] },
    'carriers[0].failures[0].status must be statuses such as 2xx, 429, 401,403 or 400-404',
  ],
  [{ failures: [{ matches: '(', is: 'spam' }] }, 'carriers[0].failures[0].matches is no regular expression'],
  [
    { failures: [{ matches: '(a)\\1', is: 'spam' }] },
    'carriers[0].failures[0].matches must not refer back or look around',
  ],
  [
    { reports: { statuses: { gone: 'lost' } } },
    'carriers[0].reports.statuses.gone must be one of delivered, undelivered, progress',
  ],
  [{ verify: {} }, 'carriers[0].verify must name one proof'],
  [{ verify: { twilio: '{secret.id}', bearer: '{secret.id}' } }, 'carriers[0].verify must name one proof'],
  [
    { verify: { twilio: 'in the clear' } },
    'carriers[0].verify.twilio must be {secret.NAME}, whose value stands in secrets',
  ],
  [
    { send: { auth: { basic: ['me', 'in the clear'] } } },
    'carriers[0].send.auth.basic[1] must have a {secret.NAME}, whose value stands in secrets',
  ],
  [
    { verify: { hmac: { secret: '{secret.id}', header: 'X', over: 'timestamp.raw' } } },
    'carriers[0].verify.hmac.timestamp is missing: it names the header with the time',
  ],
];

describe('an entry is refused by its key', () => {
  for (const [entry, complaint] of complaints) {
    test(complaint, () => {
      const { secrets } = entry as { secrets?: object };
      const given = { ...upstream, ...entry, secrets: { ...upstream.secrets, ...secrets } };
      const { error } = read(given);
      assert.ok(error !== undefined);
      assert.equal(complaintOf('carriers[0]', error.issues), complaint);
    });
  }
});
