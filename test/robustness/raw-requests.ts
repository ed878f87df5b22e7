// Requests as no HTTP library would send them, and those that once broke the server, each with the answer that it gets.
import { bodyLimitBytes } from '../../src/http/body.ts';
import { basicAuth, type TestAccount } from '../support/app.ts';
import { chunked } from './fuzz-requests.ts';

export interface RawCase {
  readonly what: string;
  /** Byte for byte, as latin1. */
  readonly bytes: string;
  /** The status of the first answer; `none` is no answer at all. */
  readonly status: number | 'none';
  /** The request never becomes whole: the client hangs up behind the bytes. */
  readonly isCutShort: boolean;
}

/** Stand in the table for what is only known when the server runs. */
const account = '{account}';
const credentials = '{credentials}';

/** Returns the bytes of a case, addressed to an account. */
export function addressed({ bytes }: RawCase, to: TestAccount): Buffer {
  return Buffer.from(bytes.replace(account, to.authId).replace(credentials, basicAuth(to)), 'latin1');
}

const list = `/v1/Account/${account}/Powerpack/`;
const head = (line: string, headers = '', hostHeader = 'Host: localhost\r\n') =>
  `${line}\r\n${hostHeader}Authorization: ${credentials}\r\n${headers}\r\n`;
const get = (headers: string) => head(`GET ${list} HTTP/1.1`, headers);
const target = (text: string) => head(`GET ${text} HTTP/1.1`);
const post = (headers: string, body: string, to = list) => head(`POST ${to} HTTP/1.1`, headers) + body;
const length = (bytes: number | string) => `Content-Length: ${bytes}\r\n`;
const postJson = (json: string, to = list) => post(length(json.length), json, to);
const inChunks = 'Transfer-Encoding: chunked\r\n';
const chunks = (body: string, chunkBytes: number) =>
  chunked(Buffer.from(body), chunkBytes).toString('latin1');
const expect = 'Expect: 100-continue\r\n';
const named = (bytes: number) => '{"name":"long"}'.padEnd(bytes);
const brought = (numbers: string) =>
  postJson(`{"numbers":${numbers},"carrier":"c","region":"r"}`, list.replace('Powerpack', 'Number'));

const table: readonly [what: string, bytes: string, status: RawCase['status'], isCutShort?: true][] = [
  ['a request', get(''), 200],
  ['a request that changes something', post(length(14), '{"name":"new"}'), 200],
  ['a request of HTTP/1.0', head(`GET ${list} HTTP/1.0`), 200],
  ['a request of HTTP/1.0 without Host', head(`GET ${list} HTTP/1.0`, '', ''), 200],
  ['a request of HTTP/0.9', `GET ${list}\r\n\r\n`, 401],
  ['a request of HTTP/1.1 without Host', head(`GET ${list} HTTP/1.1`, '', ''), 400],
  ['a Host that is none', head(`GET ${list} HTTP/1.1`, '', 'Host: a b/@\r\n'), 200],
  ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
  ['a version that does not exist', head(`GET ${list} HTTP/9.9`), 400],
  ['the beginning of TLS', '\x16\x03\x01\x00\xc8\x01\x00\x00\xc4\x03', 400],
  ['nothing', '', 'none', true],
  ['empty lines', '\r\n\r\n\r\n\r\n', 'none', true],
  ['half a request line', `GET ${list} HTT`, 400, true],
  ['random text', 'hello, world\r\n\r\n', 400],

  ['a method in small letters', head(`get ${list} HTTP/1.1`), 400],
  ['a method that does not exist', head(`FOO ${list} HTTP/1.1`), 400],
  ['a method of 20,000 letters', head(`${'G'.repeat(20_000)} ${list} HTTP/1.1`), 400],
  ['TRACE', head(`TRACE ${list} HTTP/1.1`), 405],
  ['CONNECT to somewhere', head('CONNECT example.com:443 HTTP/1.1'), 403],
  ['OPTIONS *', head('OPTIONS * HTTP/1.1'), 404],

  ['an absolute target', target(`http://localhost${list}`), 200],
  ['the target *', target('*'), 404],
  ['a target without a slash', target('v1/Account'), 400],
  ['an empty target', target(''), 400],
  ['a question mark alone', target('?'), 400],
  ['a blank in the target', target('/v1/a b'), 400],
  ['UTF-8 in the target', target('/v1/\xe2\x98\x83'), 400],
  ['NUL in the target', target('/v1/\0'), 400],
  ['a target of 15,000 bytes', target(`/${'x'.repeat(15_000)}`), 404],
  ['a target of 20,000 bytes', target(`/${'x'.repeat(20_000)}`), 431],

  ['line feeds alone', get('').replaceAll('\r\n', '\n'), 400],
  ['carriage returns alone', get('').replaceAll('\r\n', '\r'), 400],
  ['a folded header', get('X-Any: a\r\n b\r\n'), 400],
  ['a blank before the colon', get('X-Any : a\r\n'), 400],
  ['a header without a colon', get('X-Any\r\n'), 400],
  ['a header without a name', get(': a\r\n'), 400],
  ['NUL in a header', get('X-Any: a\0b\r\n'), 400],
  ['3,000 headers', get('X-Any: a\r\n'.repeat(3_000)), 431],
  ['a header of 20,000 bytes', get(`X-Any: ${'a'.repeat(20_000)}\r\n`), 431],
  ['two Host headers', get('Host: other\r\n'), 200],
  ['an expectation that nobody knows', get('Expect: miracles\r\n'), 417],
  ['an upgrade to WebSocket', get('Connection: Upgrade, close\r\nUpgrade: websocket\r\n'), 200],
  [
    'an upgrade to HTTP/2',
    get('Connection: Upgrade, HTTP2-Settings, close\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n'),
    200,
  ],

  ['a length given twice', post(`${length(2)}${length(2)}`, '{}'), 400],
  ['two lengths', post(`${length(2)}${length(3)}`, '{}'), 400],
  ['a list of lengths', post(length('2, 2'), '{}'), 400],
  ['a negative length', post(length(-2), '{}'), 400],
  ['a hexadecimal length', post(length('0x2'), '{}'), 400],
  ['a length that no number holds', post(length('9'.repeat(30)), '{}'), 400],
  ['a length of a gigabyte', post(length(1_000_000_000), '{}'), 413],
  ['a length that is too short', post(length(1), '{}'), 400],
  ['a length that is too long', post(length(100), '{}'), 400, true],
  ['a body behind GET', `${get(length(2))}{}`, 200],

  ['length and chunks', post(length(2) + inChunks, '0\r\n\r\n'), 400],
  ['chunks twice', post('Transfer-Encoding: chunked, chunked\r\n', '0\r\n\r\n'), 400],
  ['gzip instead of chunks', post('Transfer-Encoding: gzip\r\n', '0\r\n\r\n'), 400],
  ['identity instead of chunks', post('Transfer-Encoding: identity\r\n', '{}'), 400],
  ['a chunk size that is none', post(inChunks, 'zz\r\n{}\r\n0\r\n\r\n'), 400],
  ['a negative chunk size', post(inChunks, '-2\r\n{}\r\n0\r\n\r\n'), 400],
  ['a chunk size that no number holds', post(inChunks, `${'F'.repeat(17)}\r\n{}\r\n0\r\n\r\n`), 400],
  ['a chunk extension of 20,000 bytes', post(inChunks, `2;${'x'.repeat(20_000)}\r\n{}\r\n0\r\n\r\n`), 400],
  ['a chunk without its end', post(inChunks, '2\r\n{}0\r\n\r\n'), 400],
  ['chunks without an end', post(inChunks, '2\r\n{}\r\n'), 400, true],
  ['a length among the trailers', post(inChunks, '2\r\n{}\r\n0\r\nContent-Length: 3\r\n\r\n'), 400],

  ['the largest body', post(length(bodyLimitBytes), named(bodyLimitBytes)), 200],
  ['one byte more', post(length(bodyLimitBytes + 1), named(bodyLimitBytes + 1)), 413],
  ['the largest body, not JSON', post(length(bodyLimitBytes), '['.repeat(bodyLimitBytes)), 400],
  ['the largest body in chunks', post(inChunks, chunks(named(bodyLimitBytes), 60_000)), 200],
  ['one byte more in chunks', post(inChunks, chunks(named(bodyLimitBytes + 1), 60_000)), 413],
  ['the largest body in one chunk', post(inChunks, chunks(named(bodyLimitBytes), bodyLimitBytes)), 200],
  ['one byte more in one chunk', post(inChunks, chunks(named(bodyLimitBytes + 1), bodyLimitBytes + 1)), 413],
  ['the largest body, announced', post(expect + length(bodyLimitBytes), named(bodyLimitBytes)), 200],
  ['one byte more, announced and not sent', post(expect + length(bodyLimitBytes + 1), ''), 413, true],
  [
    'one byte more, announced and sent',
    post(expect + length(bodyLimitBytes + 1), named(bodyLimitBytes + 1)),
    413,
  ],
  [
    'one byte more to nowhere',
    post(length(bodyLimitBytes + 1), named(bodyLimitBytes + 1)).replace(list, '/nowhere'),
    413,
  ],

  // Found by fuzzing.
  ['no text for a boolean', postJson('{"name":"x","sticky_sender":{"toString":1}}'), 400],
  ['no text for one of several words', postJson('{"name":"x","application_type":{"toString":null}}'), 400],
  ['no text in a list of numbers', brought('[{"toString":1}]'), 400],
  ['lists in lists in a list of numbers', brought(`${'['.repeat(100_000)}${']'.repeat(100_000)}`), 400],
  ['NUL in the account', target('/v1/Account/MA%00/Powerpack/'), 404],
  ['NUL in an id', target(`/v1/Account/${account}/Application/%00/`), 404],
  ['NUL in the credentials', get('').replace(credentials, `Basic ${btoa('MA\0:x')}`), 401],
  ['rubbish behind a request that changes something', `${postJson('{"name":"new"}')}}`, 200],
  [
    'a request with a broken body behind one that changes something',
    `${postJson('{"name":"new"}')}${post('Transfer-Encoding: chunked\r\n', 'ZZ\r\n')}`,
    200,
  ],
];

/** The table. What would be taken makes a powerpack. */
export const rawCases: readonly RawCase[] = table.map(([what, bytes, status, isCutShort = false]) => ({
  what,
  bytes,
  status,
  isCutShort,
}));
