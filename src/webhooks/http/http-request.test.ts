// Calls on the wire, for every form of URL that customers give.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CallTarget, makeRequest, readTarget } from './http-request.ts';

const signatures = { 'X-Plivo-Signature-V3': 'abc' };
const form = 'From=14155550100&Text=a+b%26c%3Dd+%C3%A9';

function callable(url: string): CallTarget {
  const read = readTarget(url);
  assert.ok(read !== undefined);
  return read;
}

const gets: [url: string, origin: string, path: string][] = [
  ['https://example.com/cb', 'https://example.com', `/cb?${form}`],
  ['https://example.com', 'https://example.com', `/?${form}`],
  ['https://example.com/cb?', 'https://example.com', `/cb?${form}`],
  ['https://example.com/cb?x=1', 'https://example.com', `/cb?x=1&${form}`],
  ['https://example.com/cb?x=1&', 'https://example.com', `/cb?x=1&${form}`],
  ['https://example.com/cb?x=a%20b#part', 'https://example.com', `/cb?x=a%20b&${form}`],
  ['HTTP://Example.com:8080/cb', 'http://example.com:8080', `/cb?${form}`],
  ['http://[::1]:81/', 'http://[::1]:81', `/?${form}`],
];

for (const [url, origin, path] of gets) {
  test(`GET ${url}`, () => {
    const request = makeRequest({ method: 'GET', form }, callable(url), signatures);
    assert.deepEqual([request.origin, request.path, request.body], [origin, path, undefined]);
    assert.deepEqual(request.headers, signatures);
  });
}

test('POST carries a form and leaves the query alone', () => {
  const url = callable('http://[::1]:81/cb?x=1');
  assert.deepEqual(makeRequest({ method: 'POST', form }, url, signatures), {
    method: 'POST',
    origin: 'http://[::1]:81',
    hostname: '::1',
    path: '/cb?x=1',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...signatures },
    body: form,
  });
});

const credentials: [url: string, credentials: string][] = [
  ['https://user:pass@example.com/', 'user:pass'],
  ['https://us%40er:p%3Ass%C3%A9@example.com/', 'us@er:p:ssé'],
  ['https://user@example.com/', 'user:'],
  ['https://user:100%25%zz@example.com/', 'user:100%25%zz'],
];

for (const [url, expected] of credentials) {
  test(`${url} becomes basic authentication`, () => {
    const { headers } = makeRequest({ method: 'GET', form }, callable(url), signatures);
    const { Authorization = '', ...others } = headers;
    assert.deepEqual(others, signatures);
    assert.equal(Buffer.from(Authorization.replace('Basic ', ''), 'base64').toString(), expected);
  });
}

for (const url of [
  '',
  'example.com/cb',
  '/cb',
  'ftp://example.com/',
  'file:///etc/passwd',
  'http:example.com',
  'http://',
  'http://[::1',
  'http://a b/',
]) {
  test(`${JSON.stringify(url)} is not called`, () => assert.equal(readTarget(url), undefined));
}
