// Valid keys, and which requests are the same.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  fingerprintOf,
  idempotencyStart,
  isFinalError,
  type RequestContent,
  readIdempotencyKey,
} from './idempotency-key.ts';

for (const key of ['a', '9f2c7b1e-3d54-4a0e-8f43-0f6a2f1f5b77', 'order 17, first try!', '~'.repeat(255)]) {
  test(`is a key: ${key.slice(0, 40)}`, () => assert.equal(readIdempotencyKey(key), key));
}

for (const header of ['', 'x'.repeat(256), 'a\tb', 'caf\xe9', 'a\x7f']) {
  test(`is no key: ${JSON.stringify(header.slice(0, 10))} of ${header.length} characters`, () => {
    assert.throws(() => readIdempotencyKey(header), {
      status: 400,
      message: 'the header Idempotency-Key must be 1 to 255 printable ASCII characters',
    });
  });
}

const request: RequestContent = {
  method: 'POST',
  route: '/v1/Account/:auth_id/Powerpack/:powerpack_uuid',
  pathParameters: { auth_id: 'MA', powerpack_uuid: 'u' },
  query: 'a=1',
  contentType: 'application/json',
  body: Buffer.from('{"name":"x"}'),
};

const others: Partial<RequestContent>[] = [
  { method: 'DELETE' },
  { route: '/v1/Account/:auth_id/Powerpack' },
  { pathParameters: { auth_id: 'MA', powerpack_uuid: 'v' } },
  { query: '' },
  { query: 'a=1"]\n{"name":"x"}', body: undefined },
  { body: undefined },
  { body: Buffer.from('{"name":"y"}') },
  { body: Buffer.from('{ "name":"x"}') },
];

for (const other of others) {
  test(`is another request: ${JSON.stringify(other)}`, () => {
    assert.notDeepEqual(fingerprintOf({ ...request, ...other }), fingerprintOf(request));
  });
}

test('the same request has the same fingerprint, of 32 bytes', () => {
  assert.deepEqual(fingerprintOf({ ...request }), fingerprintOf(request));
  assert.equal(fingerprintOf(request).length, 32);
  assert.deepEqual(
    fingerprintOf({ ...request, body: Buffer.alloc(0) }),
    fingerprintOf({ ...request, body: undefined }),
  );
});

const form = (boundary: string, value: string, contentType = `multipart/form-data; boundary=${boundary}`) =>
  fingerprintOf({
    ...request,
    contentType,
    body: Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; name="name"\r\n\r\n${value}\r\n--${boundary}--\r\n`,
    ),
  });

test('a form is the same with any boundary, and another with another value', () => {
  assert.deepEqual(form('one', 'x'), form('other', 'x'));
  assert.deepEqual(form('one', 'x'), form('t w', 'x', 'multipart/form-data; charset=utf-8; boundary="t w"'));
  assert.notDeepEqual(form('one', 'x'), form('one', 'y'));
  assert.notDeepEqual(form('one', 'x'), form('two', 'x', 'multipart/form-data; boundary=other'));
  assert.notDeepEqual(form('one', 'a one b'), form('other', 'a one b'));
});

test('a body full of boundaries is read to its end', () => {
  const full = (last: string) =>
    fingerprintOf({
      ...request,
      contentType: 'multipart/form-data; boundary=a',
      body: Buffer.from(`${'a'.repeat(5000)}${last}`),
    });
  assert.deepEqual(full('x'), full('x'));
  assert.notDeepEqual(full('x'), full('y'));
});

test('an error is final when it is about the request alone', () => {
  const statuses = [400, 401, 403, 404, 405, 408, 409, 413, 429, 500, 503];
  assert.deepEqual(statuses.filter(isFinalError), [400, 403, 404, 409]);
});

test('a key is valid for 24 hours', () => {
  const start = idempotencyStart(new Date('2026-03-14T09:00:00Z'));
  assert.deepEqual(start, new Date('2026-03-13T09:00:00Z'));
});
