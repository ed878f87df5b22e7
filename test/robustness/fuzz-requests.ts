// Makes HTTP requests out of the route list: every method, path, header, query and body, most of them nearly right.
import { METHODS } from 'node:http';
import fc from 'fast-check';
import { type Route, routes } from '../../src/api/routes.ts';
import { isStream } from '../../src/http/endpoint.ts';
import { contents, formText, noContent } from './fuzz-bodies.ts';
import { authorizations, type Header, strangeHeaders } from './fuzz-headers.ts';
import type { FuzzWorld } from './fuzz-world.ts';
import { hostileSegments } from './hostile-values.ts';
import {
  fittingText,
  type Parameter,
  parametersOf,
  type ReadableSchema,
  type Words,
} from './schema-values.ts';

export interface FuzzRequest {
  readonly method: string;
  /** Path and query, byte for byte (as latin1). */
  readonly target: string;
  readonly headers: readonly Header[];
  readonly body: Buffer;
  /** Sent in chunks of this size; 0 sends it with a length. */
  readonly chunkBytes: number;
}

/** Returns requests to any route of the API, and sometimes to another path. */
export function fuzzRequests(world: FuzzWorld): fc.Arbitrary<FuzzRequest> {
  return fc.oneof(...routes.map((route) => requestsTo(route, world)));
}

function requestsTo(route: Route, world: FuzzWorld): fc.Arbitrary<FuzzRequest> {
  const input = parametersOf(route.endpoint.input as ReadableSchema, world.words, world.usual);
  const bodies = contents(input, route.endpoint.files !== undefined);
  const takesBody = route.method !== 'GET';
  return fc
    .record({
      method: methodsOf(route),
      path: paths(route, world),
      query: takesBody ? fc.oneof(fc.constant(''), fc.constant(''), queries(input)) : queries(input),
      content: takesBody ? bodies : fc.oneof(fc.constant(noContent), bodies),
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

/** Returns one arbitrary nineteen times of twenty, another one the twentieth. */
const mostly = <Usual, Rare>(usual: fc.Arbitrary<Usual>, rare: fc.Arbitrary<Rare>) =>
  fc.oneof({ arbitrary: usual, weight: 19 }, { arbitrary: rare, weight: 1 });

/** Returns the methods of a route; of a stream only HEAD, because its body has no end. */
function methodsOf({ method, endpoint }: Route): fc.Arbitrary<string> {
  if (!isStream(endpoint)) return mostly(fc.constant(method), fc.constantFrom(...sendableMethods));
  return mostly(fc.constant('HEAD'), fc.constantFrom(...sendableMethods.filter((one) => one !== method)));
}

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

/** Returns values for a path parameter: a word of this world, something similar, or anything. */
function segmentsFor(schema: ReadableSchema, words: Words): fc.Arbitrary<string> {
  const known = schema.enum?.map(String) ?? words.filter((word) => fits(schema, word));
  const strange = fc.oneof(
    fittingText(schema, words).map(encodeSegment),
    fc.constantFrom(...hostileSegments),
  );
  return known.length === 0 ? strange : mostly(fc.constantFrom(...known).map(encodeSegment), strange);
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

const latin1 = (text: string) => Buffer.from(text, 'latin1');

/** Returns the bytes of a request on a connection that stays open. */
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

/** Returns a body in chunks (RFC 9112 section 7.1). */
export function chunked(body: Buffer, chunkBytes: number): Buffer {
  const chunks: Buffer[] = [];
  for (let at = 0; at < body.length; at += chunkBytes) {
    const chunk = body.subarray(at, at + chunkBytes);
    chunks.push(latin1(`${chunk.length.toString(16)}\r\n`), chunk, latin1('\r\n'));
  }
  return Buffer.concat([...chunks, latin1('0\r\n\r\n')]);
}
