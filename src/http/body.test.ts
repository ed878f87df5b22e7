// Request bodies of SDKs and people, and their parameters.
import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { collectBody, RepeatedField, readBody, readQuery } from './body.ts';

const json = 'application/json';
const form = 'application/x-www-form-urlencoded';
const multipart = 'multipart/form-data; boundary=xyz';
const parts = (fields: Record<string, string>) =>
  `${Object.entries(fields)
    .map(([name, value]) => `--xyz\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
    .join('')}--xyz--\r\n`;

const accepted: [what: string, type: string | undefined, body: string, parameters: object][] = [
  ['nothing', json, '', {}],
  ['nothing without a type', undefined, '', {}],
  ['white space', json, ' \n', {}],
  ['a JSON string of nothing (Node)', json, '""', {}],
  ['null', json, 'null', {}],
  ['an empty object and a newline (Go)', json, '{}\n', {}],
  ['an object', 'application/json; charset=UTF-8', '{"a":1}', { a: 1 }],
  ['an object with a byte order mark', json, '\ufeff{"a":1}', { a: 1 }],
  ['an object without a type', undefined, '{"a":1}', { a: 1 }],
  ['an object in an unknown type', 'text/plain', '{"a":1}', { a: 1 }],
  ['a form', form, 'name=a+b&c=%2B', { name: 'a b', c: '+' }],
  ['JSON behind curl -d', form, '{"a":1}', { a: 1 }],
  [
    'a multipart form',
    multipart,
    parts({ name: 'x', sticky_sender: 'true' }),
    { name: 'x', sticky_sender: 'true' },
  ],
  ['an empty multipart form (Node up to 4.13)', multipart, '--xyz--\r\n', {}],
  ['a key called __proto__', json, '{"__proto__":{"a":1}}', JSON.parse('{"__proto__":{"a":1}}')],
];

for (const [what, type, body, parameters] of accepted) {
  test(`${what} is read`, async () => {
    assert.deepEqual(
      (await readBody({ contentType: type, contentEncoding: undefined }, Buffer.from(body))).parameters,
      parameters,
    );
  });
}

const refused: [what: string, type: string, body: Buffer, sentence: string][] = [
  ['broken JSON', json, Buffer.from('{"a":'), 'request body is not valid JSON'],
  ['a list', json, Buffer.from('[1]'), 'request body must be a JSON object'],
  ['a text', json, Buffer.from('"x"'), 'request body must be a JSON object'],
  ['a number', json, Buffer.from('1'), 'request body must be a JSON object'],
  ['deep nesting of lists', json, Buffer.from('['.repeat(500_000)), 'request body is not valid JSON'],
  ['bytes that are no UTF-8', json, Buffer.from([0x7b, 0xff, 0x7d]), 'request body is not valid UTF-8'],
  [
    'a multipart form cut short',
    multipart,
    Buffer.from(parts({ a: 'b' }).slice(0, 60)),
    'request body is not a valid multipart form',
  ],
  [
    'a multipart form without boundary',
    'multipart/form-data',
    Buffer.from(parts({ a: 'b' })),
    'request body is not a valid multipart form',
  ],
];

for (const [what, type, body, sentence] of refused) {
  test(`${what} is refused`, async () => {
    await assert.rejects(readBody({ contentType: type, contentEncoding: undefined }, body), {
      kind: 'invalid',
      message: sentence,
    });
  });
}

test('a repeated name keeps all its values, in a query, a form and multipart', async () => {
  const repeated = { a: new RepeatedField(['1', '2', '1']), '?b': 'c' };
  assert.deepEqual(readQuery('a=1&&a=2&?b=c&a=1'), repeated);
  const headers = (contentType: string) => ({ contentType, contentEncoding: undefined });
  assert.deepEqual((await readBody(headers(form), Buffer.from('a=1&a=2&%3Fb=c&a=1'))).parameters, repeated);
  const twice = `${parts({ a: '1' }).slice(0, -'--xyz--\r\n'.length)}${parts({ a: '2', '?b': 'c' }).slice(0, -'--xyz--\r\n'.length)}${parts({ a: '1' })}`;
  assert.deepEqual((await readBody(headers(multipart), Buffer.from(twice))).parameters, repeated);
});

const wantedFiles = { field: 'file', maxFiles: 3, maxBytes: 10 };

for (const [what, type, body] of [
  ['nothing', multipart, ''],
  ['a form without files', multipart, parts({ file: '' }).replace('"file"', '"other"')],
  ['broken JSON', json, '{"file":'],
]) {
  test(`${what} is refused where a file is required`, async () => {
    await assert.rejects(
      readBody({ contentType: type, contentEncoding: undefined }, Buffer.from(body ?? ''), wantedFiles),
      {
        kind: 'invalid',
        message: 'file is required: send 1 to 3 files of that name as multipart/form-data',
      },
    );
  });
}

test('a body is collected up to its limit', async () => {
  const chunks = () => Readable.from([Buffer.from('abc'), Buffer.from('de')]);
  assert.equal(String(await collectBody(chunks(), 5)), 'abcde');
  await assert.rejects(collectBody(chunks(), 4), { kind: 'tooLarge', headers: { connection: 'close' } });
});

test('a body that ends early is refused', async () => {
  const body = new Readable({ read: () => undefined });
  const collected = collectBody(body, 5);
  body.push('abc');
  body.destroy(new Error('aborted'));
  await assert.rejects(collected, { kind: 'invalid', message: 'the request body ended early' });
});

test('a compressed body is refused with a sentence that says so, and an empty one is not compressed', async () => {
  const headers = { contentType: 'application/json', contentEncoding: 'gzip' };
  await assert.rejects(readBody(headers, gzipSync('{"name":"a"}')), {
    kind: 'invalid',
    message: 'Content-Encoding is not supported: send the request body as it is',
  });
  assert.deepEqual((await readBody(headers, Buffer.alloc(0))).parameters, {});
  const plain = { ...headers, contentEncoding: 'Identity' };
  assert.deepEqual((await readBody(plain, Buffer.from('{"name":"a"}'))).parameters, { name: 'a' });
});
