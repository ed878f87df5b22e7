// Makes HTTP requests out of the route list: every method, path, header, query and body, most of them nearly right.
import { METHODS } from 'node:http';
import fc from 'fast-check';
import { type Route, routes } from '../../src/api/routes.ts';
import { bodyLimitBytes } from '../../src/http/body.ts';
import { basicAuth } from '../support/app.ts';
import type { FuzzWorld } from './fuzz-world.ts';
import { anyJson, hostileSegments, hostileText, strangeNames } from './hostile-values.ts';
import {
  fittingText,
  objectJson,
  type Parameter,
  parametersOf,
  type ReadableSchema,
  type Words,
} from './schema-values.ts';

export type Header = readonly [name: string, value: string];

export interface FuzzRequest {
  readonly method: string;
  /** Path and query, byte for byte (as latin1). */
  readonly target: string;
  readonly headers: readonly Header[];
  readonly body: Buffer;
  /** Sent in chunks of this size; 0 sends it with a length. */
  readonly chunkBytes: number;
}

/** Requests to any route of the API, and now and then to something else. */
export function fuzzRequests(world: FuzzWorld): fc.Arbitrary<FuzzRequest> {
  return fc.oneof(...routes.map((route) => requestsTo(route, world)));
}

function requestsTo(route: Route, world: FuzzWorld): fc.Arbitrary<FuzzRequest> {
  const input = parametersOf(route.endpoint.input as ReadableSchema, world.words);
  const takesBody = route.method !== 'GET';
  return fc
    .record({
      method: mostly(fc.constant(route.method), fc.constantFrom(...sendableMethods)),
      path: paths(route, world),
      query: takesBody ? fc.oneof(fc.constant(''), fc.constant(''), queries(input)) : queries(input),
      content: takesBody ? contents(input) : fc.oneof(fc.constant(noContent), contents(input)),
      authorization: authorizations(world),
      headers: fc.oneof(fc.constant([]), fc.constant([]), strangeHeaders),
      chunkBytes: fc.constantFrom(0, 0, 0, 1000),
    })
    .map(({ method, path, query, content, authorization, headers, chunkBytes }) => ({
      method,
      target: query === '' ? path : `${path}?${query}`,
      headers: [
        ...(authorization === undefined ? [] : [['Authorization', authorization] as const]),
        ...(content.type === undefined ? [] : [['Content-Type', content.type] as const]),
        ...headers,
      ],
      body: content.body,
      chunkBytes,
    }));
}

/** One arbitrary nineteen times of twenty, another one the twentieth. */
const mostly = <Usual, Rare>(usual: fc.Arbitrary<Usual>, rare: fc.Arbitrary<Rare>) =>
  fc.oneof({ arbitrary: usual, weight: 19 }, { arbitrary: rare, weight: 1 });

/** CONNECT makes a tunnel, of which `src/tls/connect-proxy.test.ts` tells. */
const sendableMethods = METHODS.filter((method) => method !== 'CONNECT');

function paths(route: Route, { words, app, subaccount }: FuzzWorld): fc.Arbitrary<string> {
  const accounts = [app.account.authId, app.account.authId, app.account.authId, subaccount.authId];
  const path: Readonly<Record<string, ReadableSchema>> = {
    auth_id: { enum: accounts },
    ...(route.endpoint.path as ReadableSchema).properties,
  };
  const segments = route.path
    .split('/')
    .slice(1)
    .map((segment) =>
      segment.startsWith(':') ? segmentsFor(path[segment.slice(1)] ?? {}, words) : fc.constant(segment),
    );
  return fc
    .tuple(
      fc.tuple(...segments),
      mostly(fc.constantFrom('/', '', '//'), fc.constantFrom('/.', '/..', '/%2F', '/x')),
      mostly(fc.constant(null), fc.tuple(fc.nat(segments.length), fc.constantFrom(...hostileSegments))),
    )
    .map(([parts, end, inserted]) => {
      const all = inserted === null ? parts : parts.toSpliced(inserted[0], inserted[0] % 2, inserted[1]);
      return `/${all.join('/')}${end}`;
    });
}

/** What stands in a path for a parameter: a word of this world, something that looks like one, or anything. */
function segmentsFor(schema: ReadableSchema, words: Words): fc.Arbitrary<string> {
  const known = schema.enum?.map(String) ?? words.filter((word) => fits(schema, word));
  const strange = fc.oneof(
    fittingText(schema, words).map(encodeSegment),
    fc.constantFrom(...hostileSegments),
  );
  return mostly(fc.constantFrom(...known).map(encodeSegment), strange);
}

const fits = ({ pattern = '', minLength = 0, maxLength = Infinity }: ReadableSchema, word: string) =>
  new RegExp(pattern).test(word) && word.length >= minLength && word.length <= maxLength;

const encodeSegment = (text: string) => encodeURIComponent(text.toWellFormed());

function queries(input: fc.Arbitrary<Parameter[]>): fc.Arbitrary<string> {
  return fc.oneof(
    { arbitrary: input.map(formText), weight: 8 },
    {
      arbitrary: fc.constantFrom(
        '&&&',
        '=',
        '==&=',
        '?search=hack',
        '%',
        '%zz=%zz',
        'limit=%00',
        'name=%ff%fe',
        'name=%ED%A0%80',
        '__proto__=1&constructor=2&toString=3',
        'limit=1&limit=2&limit=x',
        'limit[]=1&limit[a]=2',
        'a=b&'.repeat(1500),
        `name=${'x'.repeat(9_000)}`,
        'a;b;c',
      ),
      weight: 1,
    },
  );
}

/** Parameters as a form carries them: texts without their quotes, everything else as JSON. */
function formText(parameters: readonly Parameter[]): string {
  const fields = parameters.map(([name, json]): [string, string] => [name, formValue(json)]);
  return new URLSearchParams(fields).toString().slice(0, maxFormBytes);
}

const maxFormBytes = 10_000;

const formValue = (json: string): string => (json.startsWith('"') ? String(JSON.parse(json)) : json);

interface Content {
  readonly type: string | undefined;
  readonly body: Buffer;
}

const noContent: Content = { type: undefined, body: Buffer.alloc(0) };
const content = (type: string | undefined, body: string | Uint8Array): Content => ({
  type,
  body: Buffer.from(body),
});
const json = 'application/json';
const boundary = 'xyz';

function contents(input: fc.Arbitrary<Parameter[]>): fc.Arbitrary<Content> {
  const bodies = fc.oneof(
    { arbitrary: input.map((parameters) => content(json, objectJson(parameters))), weight: 10 },
    {
      arbitrary: input.map((parameters) =>
        content('application/x-www-form-urlencoded', formText(parameters)),
      ),
      weight: 3,
    },
    {
      arbitrary: input.map((parameters) =>
        content(`multipart/form-data; boundary=${boundary}`, multipart(parameters)),
      ),
      weight: 2,
    },
    { arbitrary: fc.constant(noContent), weight: 1 },
    { arbitrary: anyJson.map((text) => content(json, text)), weight: 1 },
    { arbitrary: brokenBodies, weight: 1 },
  );
  const cut = fc.oneof(
    { arbitrary: fc.constant(1), weight: 15 },
    { arbitrary: fc.double({ min: 0, max: 1, noNaN: true }), weight: 1 },
  );
  const types = fc.oneof(
    { arbitrary: fc.constant('as it is'), weight: 12 },
    { arbitrary: fc.constantFrom(undefined, ...strangeTypes), weight: 1 },
  );
  return fc.tuple(bodies, cut, types).map(([{ type, body }, kept, otherType]) => ({
    type: otherType === 'as it is' ? type : otherType,
    body: body.subarray(0, Math.floor(body.length * kept)),
  }));
}

function multipart(parameters: readonly Parameter[]): string {
  const parts = parameters.map(
    ([name, value]) =>
      `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${formValue(value)}\r\n`,
  );
  return `${parts.join('')}--${boundary}--\r\n`;
}

const part = (head: string, body = 'x') => `--${boundary}\r\n${head}\r\n\r\n${body}\r\n--${boundary}--\r\n`;

const brokenBodies: fc.Arbitrary<Content> = fc.oneof(
  fc.uint8Array({ maxLength: 200 }).map((bytes) => content(json, bytes)),
  hostileText.map((text) => content(json, text)),
  fc.constantFrom(
    content(json, Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xff, 0x22, 0x7d])),
    content(json, Buffer.from('{"name":"\xed\xa0\x80"}', 'latin1')),
    content(json, Buffer.from('{"name":"utf16"}', 'utf16le')),
    content(json, '{"name":"twice","name":1}'),
    content(json, '{"name":"\\u0000"}'),
    content(json, '{"name":"\\ud800"}'),
    content(json, `{"name":"${'x'.repeat(bodyLimitBytes)}"}`),
    content(json, '['.repeat(bodyLimitBytes)),
    content(json, ' '.repeat(bodyLimitBytes)),
    content(json, '{"a":'.repeat(200_000)),
    content('application/x-www-form-urlencoded', '&'.repeat(bodyLimitBytes)),
    content('application/x-www-form-urlencoded', 'a=%&b=%u0041&%=%'),
    content('multipart/form-data', part('Content-Disposition: form-data; name="name"')),
    content('multipart/form-data; boundary=', part('Content-Disposition: form-data; name="name"')),
    content(
      `multipart/form-data; boundary="${'b'.repeat(300)}"`,
      part('Content-Disposition: form-data; name="n"'),
    ),
    content(
      `multipart/form-data; boundary=${boundary}`,
      part('Content-Disposition: form-data; name="f"; filename="f"'),
    ),
    content(`multipart/form-data; boundary=${boundary}`, part('Content-Disposition: form-data')),
    content(`multipart/form-data; boundary=${boundary}`, part('Content-Type: ;;;\r\nname=')),
    content(`multipart/form-data; boundary=${boundary}`, part(`X: name=${'x'.repeat(100_000)}`)),
    content(`multipart/form-data; boundary=${boundary}`, `--${boundary}\r\nname=`),
    content(
      `multipart/form-data; boundary=${boundary}`,
      part('Content-Disposition: form-data; name="__proto__"'),
    ),
    content(
      `multipart/form-data; boundary=${boundary}`,
      part("Content-Disposition: form-data; name*=UTF-8''%ff; name=name", 'x'.repeat(100_000)),
    ),
  ),
);

const strangeTypes: readonly string[] = [
  '',
  ';;;',
  '/',
  'application',
  'application/json;',
  'application/json; charset=utf-16',
  'application/json; charset="',
  'application/json; charset=no-such-charset; charset=x',
  'APPLICATION/JSON',
  'application/json, application/json',
  'application/problem+json',
  'application/x-www-form-urlencoded; charset=latin1',
  'multipart/form-data',
  'multipart/form-data; boundary=',
  'multipart/form-data; boundary=a; boundary=b',
  'multipart/mixed; boundary=xyz',
  'text/plain',
  'text/xml',
  'application/octet-stream',
  'x'.repeat(5_000),
  '\xff\xfe',
];

function authorizations({ app, subaccount }: FuzzWorld): fc.Arbitrary<string | undefined> {
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
const strangeHeaders: fc.Arbitrary<Header[]> = fc.array(
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

const latin1 = (text: string) => Buffer.from(text, 'latin1');

/** The bytes of a request on a connection that stays open. */
export function requestBytes({ method, target, headers, body, chunkBytes }: FuzzRequest): Buffer {
  const lines = [
    `${method} ${target} HTTP/1.1`,
    'Host: localhost',
    ...headers.map(([name, value]) => `${name}: ${value}`),
  ];
  if (chunkBytes > 0) lines.push('Transfer-Encoding: chunked');
  else if (body.length > 0 || method === 'POST') lines.push(`Content-Length: ${body.length}`);
  return Buffer.concat([
    latin1(`${lines.join('\r\n')}\r\n\r\n`),
    chunkBytes > 0 ? chunked(body, chunkBytes) : body,
  ]);
}

/** A body in chunks (RFC 9112 section 7.1). */
export function chunked(body: Buffer, chunkBytes: number): Buffer {
  const chunks: Buffer[] = [];
  for (let at = 0; at < body.length; at += chunkBytes) {
    const chunk = body.subarray(at, at + chunkBytes);
    chunks.push(latin1(`${chunk.length.toString(16)}\r\n`), chunk, latin1('\r\n'));
  }
  return Buffer.concat([...chunks, latin1('0\r\n\r\n')]);
}
