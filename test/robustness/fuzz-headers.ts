// Makes request headers: credentials, and what servers have stumbled over.
import fc from 'fast-check';
import { basicAuth } from '../support/app.ts';
import type { FuzzWorld } from './fuzz-world.ts';
import { hostileText, strangeNames } from './hostile-values.ts';

export type Header = readonly [name: string, value: string];

/** Returns Authorization headers: mostly valid ones, of the account or its subaccount. */
export function authorizations({ app, subaccount }: FuzzWorld): fc.Arbitrary<string | undefined> {
  const encoded = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
  return fc.oneof(
    { arbitrary: fc.constant(basicAuth(app.account)), weight: 20 },
    { arbitrary: fc.constant(basicAuth(subaccount)), weight: 2 },
    {
      arbitrary: fc.constantFrom(
        undefined,
        '',
        'Basic',
        'Basic ',
        'Basic ====',
        'Basic \xff',
        'Bearer x',
        'Digest username="x"',
        encoded('no colon'),
        encoded(':'),
        encoded(`${app.account.authId}:`),
        encoded(`${app.account.authId}:wrong`),
        encoded(`${app.account.authId}\0:${app.account.authToken}`),
        encoded(`\0:${app.account.authToken}`),
        encoded(`__proto__:${app.account.authToken}`),
        encoded(`' or 1=1 --:x`),
        encoded(`${'x'.repeat(5_000)}:x`),
      ),
      weight: 1,
    },
    { arbitrary: hostileText.map((text) => encoded(text.slice(0, 500))), weight: 1 },
  );
}

/** Headers that change nothing, or that a server might stumble over. Values are latin1 without line ends. */
export const strangeHeaders: fc.Arbitrary<Header[]> = fc.array(
  fc.oneof(
    fc.constantFrom<Header>(
      ['Accept', 'text/html;q=x'],
      ['Accept-Encoding', 'zstd;q=2, *;q=-1'],
      ['Content-Encoding', 'gzip'],
      ['Content-Language', '\xff\xfe'],
      ['Content-Type', 'text/plain'],
      ['Authorization', 'Basic second'],
      ['Expect', '100-continue'],
      ['Host', 'second.example'],
      ['If-None-Match', '*'],
      ['If-Modified-Since', 'yesterday'],
      ['Range', 'bytes=0-,1-,2-'],
      ['Idempotency-Key', 'often the same'],
      ['Idempotency-Key', ''],
      ['Idempotency-Key', 'x'.repeat(256)],
      ['Cookie', `a=${'b'.repeat(4_000)}`],
      ['Forwarded', 'for="[::1]:x"'],
      ['X-Forwarded-For', '::ffff:1.2.3.4, , unknown'],
      ['X-Forwarded-Host', 'evil.example'],
      ['X-HTTP-Method-Override', 'DELETE'],
      ['X-Original-URL', '/v1/'],
      ['Upgrade', 'websocket'],
      ['TE', 'trailers, deflate;q=0.5'],
      ['Via', '1.1 a, 1.1 b'],
      ['Max-Forwards', '-1'],
      ['Accept-Version', '99.0.0'],
      ['__proto__', 'x'],
      ['constructor', 'x'],
      ['X-Long', 'x'.repeat(8_000)],
      ['X-Longer', 'x'.repeat(20_000)],
    ),
    fc.tuple(
      fc.constantFrom('X-Any', 'Accept', 'User-Agent', 'Idempotency-Key', 'Origin', 'Referer'),
      fc.stringMatching(/^[\t\x20-\x7e\x80-\xff]{0,60}$/),
    ),
    fc.constantFrom(...strangeNames.filter((name) => /^\w+$/.test(name))).map((name): Header => [name, name]),
  ),
  { minLength: 1, maxLength: 4 },
);
