// Our signatures against the vendor's examples and against the validators of its Node SDK.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { validateSignature, validateV3Signature } from 'plivo';
import type { WebhookParameters } from '../webhook.ts';
import { makeRequest, readTarget } from './http-request.ts';
import { type CallbackToSign, makeNonce, signCallback } from './sign.ts';

const token = 'my_auth_token';
const nonce = '12345';
const post = { method: 'POST', parameters: [], nonce, ownToken: token, mainToken: token } as const;

const vectorsV2: [url: string, signature: string][] = [
  ['https://answer.url', 'ehV3IKhLysWBxC1sy8INm0qGoQYdYsHwuoKjsX7FsXc='],
  ['https://answer.url/', 'do1CXv+k99A6+B+eTcyqbxWlezFIxJ/1vz72787r37g='],
  ['https://answer.url:8000', 'Gm7Z7AGBmf5JpSHrtUmeofrGyA4xV0ZiV0rH8JPXWGU='],
  ['https://example.com/cb/', 'yyM6BgRCk6t31QwfRI7udP7en8/c2ljul+11Nj+5uCc='],
  ['https://example.com/cb/?b=2&a=1', 'yyM6BgRCk6t31QwfRI7udP7en8/c2ljul+11Nj+5uCc='],
  ['https://example.com/cb/#top', 'yyM6BgRCk6t31QwfRI7udP7en8/c2ljul+11Nj+5uCc='],
  ['https://me:secret@example.com/cb/', 'yyM6BgRCk6t31QwfRI7udP7en8/c2ljul+11Nj+5uCc='],
  ['http://example.com:8080/cb', 'W3+TiHdDfogjq4agcJ8EKDrLe91vQSgZs7kkAJmCqRI='],
];

describe('version 2', () => {
  for (const [url, signature] of vectorsV2) {
    test(url, () => assert.equal(signCallback({ ...post, url })['X-Plivo-Signature-V2'], signature));
  }
});

const callback = (text: string): WebhookParameters => [
  ['From', '14155550100'],
  ['To', '14155550101'],
  ['Text', text],
  ['Type', 'sms'],
  ['MessageUUID', 'u-1'],
  ['PowerpackUUID', ''],
];

/** The first signature is the rule's own; the others are those of SDKs that compute another one. */
const vectorsV3: [method: 'GET' | 'POST', url: string, text: string, signature: string, others: string[]][] =
  [
    ['POST', 'https://example.com/cb/', 'Hello world', '7dlIwCSfpIjsHnGJCwkZgFN6Xoyt51eEMkKqbdV4v0k=', []],
    [
      'POST',
      'https://example.com/cb/?b=2&a=1',
      'Hello world',
      'G0/Sk6+7FiRaufjUrzYbO+1xMI4h7aaXHYBCPFXqfS4=',
      [],
    ],
    [
      'POST',
      'https://example.com/cb?x=&y=1',
      'Hello world',
      'keQRbmjq6C5AZRaL2t4OdMzEBewnlWqymxr+aNY3FiE=',
      [],
    ],
    ['GET', 'https://example.com/cb', 'Hello world', 'J1GeTU+7GGlaCOVMDayUm7KDXY9Imvaf8nHcQkZ3WBo=', []],
    ['GET', 'https://example.com/cb?a=1', 'Hello world', 'iByenDcZyUelp9RVzAk4uIvLzasIcLwueON6GbCwXT0=', []],
    [
      'POST',
      'https://example.com/cb',
      'a+b & c=d % . < >',
      '4lq/vtuBaLGRye4ByaoXyxiNvIA/lpg/Hu6ZVztkER0=',
      [],
    ],
    [
      'POST',
      'http://example.com:8080/cb',
      'Hello world',
      'y6MfHbsylCxZWUKlzVrTp8LGcPm0zSU50J8hUAe8Ndg=',
      ['bULAXOeTJQPlJPpcv9kuzK1Ga29HVllxUMn4//yr3sc='],
    ],
    [
      'POST',
      'https://example.com/cb',
      'héllo ☃',
      'MU16LdGAR4TKzEdO8g5b6NaP+2l5uwxy2CmFAvKqDqs=',
      ['uSUTWLrepnKxLQdSHllnKJ1Z3CmRyKcUBh1tJ9wuLYk='],
    ],
  ];

describe('version 3', () => {
  for (const [method, url, text, signature, others] of vectorsV3) {
    test(`${method} ${url} with "${text}"`, () => {
      const headers = signCallback({ ...post, method, url, parameters: callback(text) });
      assert.equal(headers['X-Plivo-Signature-V3'], [signature, ...others].join(','));
    });
  }

  /** Signatures of other validators, which are not among the vendor's examples; each is the rule applied to another spelling. */
  const spellings: [who: string, url: string, signature: string, other: Partial<CallbackToSign>][] = [
    [
      '.NET adds a path',
      'https://example.com',
      'LeXcsd45HOmAxbNWPj9x2FqhwZhCk12pO5pt128Nvlw=',
      { url: 'https://example.com/' },
    ],
    [
      'Go decodes the path',
      'https://example.com/c%20b/x',
      'q0FgbHvJ0BhTM+S9TU5SmvZI6LpLIMWVwx4Af3T5olU=',
      { url: 'https://example.com/c b/x' },
    ],
    [
      'PHP does not decode the query',
      'https://example.com/cb?x=a%20b&y=c%2Bd',
      'Kchd1q91iiMcVoz9Gl5ReB3A/6RIYLoo4222nv8KaZI=',
      { url: 'https://example.com/cb?x=a%2520b&y=c%252Bd' },
    ],
  ];
  for (const [who, url, signature, other] of spellings) {
    test(who, () => {
      const parameters = callback('Hello world');
      const list = signCallback({ ...post, url, parameters })['X-Plivo-Signature-V3'].split(',');
      const others = signCallback({ ...post, url, parameters, ...other })['X-Plivo-Signature-V3'].split(',');
      assert.equal(list[0], signature);
      assert.deepEqual(list.slice(1), others.slice(0, 1));
    });
  }

  test('.NET writes the host in small letters', () => {
    const list = signCallback({ ...post, url: 'https://Example.COM:8443/cb' })['X-Plivo-Signature-V3'];
    for (const url of ['https://Example.COM:8443/cb', 'https://Example.COM/cb', 'https://example.com/cb']) {
      const [own = ''] = signCallback({ ...post, url })['X-Plivo-Signature-V3'].split(',');
      assert.ok(list.split(',').includes(own));
    }
  });

  test('a URL that is sent otherwise than it is written is signed both ways, as written first', () => {
    const written = 'https://Example.COM:443/a/../é?q=ä';
    const sent = 'https://example.com/%C3%A9?q=%C3%A4';
    const [first, ...others] = signCallback({ ...post, url: written })['X-Plivo-Signature-V3'].split(',');
    const text = `https://Example.COM:443/a/../é?q=ä.${nonce}`;
    assert.equal(first, createHmac('sha256', token).update(text, 'utf8').digest('base64'));
    const { 'X-Plivo-Signature-V2': v2, 'X-Plivo-Signature-V3': v3 } = signCallback({ ...post, url: sent });
    assert.ok(v3.split(',').every((signature) => others.includes(signature)));
    assert.equal(signCallback({ ...post, url: written })['X-Plivo-Signature-V2'], v2);
  });

  test('no signature is there twice, and the worst URL has 40', () => {
    const url = 'https://Bücher.example:8443/é%20/?x=ä%20';
    const list = signCallback({ ...post, url, parameters: callback('☃') })['X-Plivo-Signature-V3'].split(',');
    assert.equal(list.length, 40);
    assert.equal(new Set(list).size, 40);
  });
});

test('a subaccount signs with its own token, and its main account with the other', () => {
  const url = 'https://example.com:8443/cb?x=a%20b';
  const parameters = callback('☃');
  const own = signCallback({ ...post, url, parameters, ownToken: 'own', mainToken: 'own' });
  const main = signCallback({ ...post, url, parameters, ownToken: 'main', mainToken: 'main' });
  assert.notEqual(own['X-Plivo-Signature-V2'], main['X-Plivo-Signature-V2']);
  assert.deepEqual(signCallback({ ...post, url, parameters, ownToken: 'own', mainToken: 'main' }), {
    'X-Plivo-Signature-V2': own['X-Plivo-Signature-V2'],
    'X-Plivo-Signature-Ma-V2': main['X-Plivo-Signature-V2'],
    'X-Plivo-Signature-V2-Nonce': nonce,
    'X-Plivo-Signature-V3': own['X-Plivo-Signature-V3'],
    'X-Plivo-Signature-Ma-V3': main['X-Plivo-Signature-V3'],
    'X-Plivo-Signature-V3-Nonce': nonce,
  });
});

test('names are in the order of code points, which is not that of a JavaScript text', () => {
  const sorted: WebhookParameters = [
    ['To', '1'],
    ['\u{ff5e}', '2'],
    ['\u{1f4ac}', '3'],
    ['\u{1f4ac}', '30'],
    ['\u{1f4ac}\u{1f4ac}', '4'],
  ];
  const text = `https://example.com/cb?${sorted.map(([name, value]) => name + value).join('')}.${nonce}`;
  const expected = createHmac('sha256', token).update(text, 'utf8').digest('base64');
  const headers = signCallback({ ...post, url: 'https://example.com/cb', parameters: sorted.toReversed() });
  assert.equal(headers['X-Plivo-Signature-V3'].split(',')[0], expected);
});

test('a URL that is not absolute is a mistake of ours', () => {
  for (const url of ['', '/cb', 'example.com/cb', 'mailto:me@example.com']) {
    assert.throws(() => signCallback({ ...post, url }), /absolute/);
  }
});

test('a nonce has twenty digits, and every byte pattern makes one', () => {
  const bytes = fc.infiniteStream(fc.integer({ min: 0, max: 255 }));
  fc.assert(
    fc.property(bytes, (stream) => {
      const draw = (size: number) => Uint8Array.from({ length: size }, () => stream.next().value ?? 0);
      assert.match(makeNonce(draw), /^\d{20}$/);
    }),
    { seed: 20260804, numRuns: 100 },
  );
});

/**
 * Checks that the Node SDK accepts both versions, with either token, of the URL as its host sees it; and version 3 of the URL as it
 * is written, which the SDK reads right where it is ASCII.
 */
function assertAccepted(signed: Omit<CallbackToSign, 'nonce' | 'ownToken' | 'mainToken'>): void {
  const { method, url, parameters } = signed;
  const headers = signCallback({ ...signed, nonce, ownToken: 'own', mainToken: 'main' });
  const form = () => Object.fromEntries(parameters);
  const target = readTarget(url);
  assert.ok(target !== undefined);
  const { origin, path } = makeRequest({ method, form: '' }, target, {});
  // In a GET the receiver finds the parameters in the URL; a GET without any has a bare question mark.
  const seen = `${origin}${path.replace(/\?$/, '')}`;
  // A receiver sees a path where none is written; the vendor's version 2 is without it all the same.
  const seenV2 = /^[^/]+:\/\/[^/?#]+\//.test(url) ? seen : origin;
  const isAscii = /^[!-~]+$/.test(url);
  const versions: [key: string, v2: string, v3: string][] = [
    ['own', headers['X-Plivo-Signature-V2'], headers['X-Plivo-Signature-V3']],
    ['main', headers['X-Plivo-Signature-Ma-V2'], headers['X-Plivo-Signature-Ma-V3']],
  ];
  for (const [key, v2, v3] of versions) {
    assert.ok(validateSignature(seenV2, nonce, v2, key), `V2 ${url}`);
    assert.ok(!isAscii || validateV3Signature(method, url, nonce, key, v3, form()), `V3 ${method} ${url}`);
    assert.ok(validateV3Signature(method, seen, nonce, key, v3, form()), `V3 ${method} ${url} as ${seen}`);
    assert.ok(!validateSignature(url, nonce, v2, 'another'));
    assert.ok(!validateV3Signature(method, url, nonce, 'another', v3, form()));
    assert.ok(!validateV3Signature(method, url, nonce, key, v3, { ...form(), Extra: '1' }));
  }
}

describe('the Node SDK accepts', () => {
  const origins = [
    'https://example.com',
    'http://example.com:8080',
    'https://example.com:443',
    'https://EXAMPLE.com',
  ];
  const hosts = [
    ...origins,
    'http://127.0.0.1:3000',
    'http://localhost:3000',
    'https://me:secret@example.com',
    'HTTP://LOCALHOST:3000',
    'https://bücher.example:8443',
  ];
  const paths = [
    '',
    '/',
    '/cb',
    '/cb/',
    '/a/b.c/d',
    '/c%20b/%C3%A9',
    '/100%25',
    '/%ff',
    '/a+b',
    '/a;b=c',
    '//x',
    '/é/ü',
    '/a/../b',
    '/a b',
  ];
  const queries = [
    '',
    '?',
    '?a=1',
    '?b=2&a=1&b=1',
    '?x=a%20b&y=c%2Bd&z=e+f',
    '?x=%C3%A9',
    '?x=&y',
    '?u=%zz',
    '?a=1=2',
    '?q=ä',
    "?it's=a b",
  ];
  const texts = ['Hello', '', 'a+b & c=d % . < >', 'héllo ☃', '👋', ' a\n'];
  for (const method of ['GET', 'POST'] as const) {
    for (const host of hosts) {
      test(`${method} ${host}`, () => {
        for (const path of paths) {
          for (const query of queries) {
            assertAccepted({ method, url: host + path + query, parameters: [] });
            assertAccepted({
              method,
              url: host + path + query,
              parameters: callback(texts[path.length % 6] ?? ''),
            });
          }
        }
      });
    }
  }

  test('any URL and any values', () => {
    const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);
    const characters = fc.constantFrom(
      'a',
      'B',
      '7',
      ' ',
      '+',
      '&',
      '=',
      '%',
      '/',
      '?',
      '.',
      'é',
      '☃',
      '👋',
      '\n',
    );
    const value = fc.oneof(
      fc.string({ unit: characters, maxLength: 20 }),
      fc.string({ unit: 'binary', maxLength: 20 }),
    );
    const written = fc.string({ unit: characters, maxLength: 8 }).map(encodeURIComponent);
    const url = fc
      .record({
        scheme: fc.constantFrom('http', 'https'),
        host: fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join('.')),
        port: fc.option(fc.integer({ min: 1, max: 65_535 }), { nil: undefined }),
        path: fc.array(written, { maxLength: 4 }),
        query: fc.array(
          fc.tuple(fc.string({ unit: characters, maxLength: 4 }), fc.string({ unit: characters })),
          {
            maxLength: 5,
          },
        ),
      })
      .map(({ scheme, host, port, path, query }) => {
        const origin = `${scheme}://${host}${port === undefined ? '' : `:${port}`}`;
        const pairs = new URLSearchParams(query).toString();
        return `${origin}${path.map((segment) => `/${segment}`).join('')}${pairs === '' ? '' : `?${pairs}`}`;
      });
    const parameters = fc
      .dictionary(fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,12}$/), value, { maxKeys: 12 })
      .map((record) => Object.entries(record));
    fc.assert(
      fc.property(fc.constantFrom('GET', 'POST'), url, parameters, (method, address, pairs) => {
        assertAccepted({ method, url: address, parameters: pairs });
      }),
      { seed: 20260805, numRuns: 500 },
    );
  });
});
