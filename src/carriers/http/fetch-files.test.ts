// Files of messages from handsets that lie behind a carrier's credentials: who is asked for them, and what becomes of those that are not given.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NotNow } from '../../base/errors.ts';
import { httpConfig } from './config.ts';
import { type DownloadResult, makeFetchFiles } from './fetch-files.ts';
import type { CarrierRequest } from './write-request.ts';

const png = { status: 200, contentType: 'image/png', content: Buffer.from('png'), isCut: false };
const at = (path: string) => `https://files.example.net/${path}`;

/** Returns a message with its files fetched; the carrier gives `answers` in order. */
async function fetchFiles(
  mediaUrls: readonly string[],
  answers: readonly DownloadResult[],
  given: { readonly hosts?: readonly string[]; readonly allow_private?: boolean } = {},
) {
  const { hosts = ['files.example.net'], ...entry } = given;
  const config = httpConfig.parse({
    name: 'up',
    type: 'http',
    secrets: { user: 'me', password: 'geheim' },
    send: { url: 'https://api.example.net/', form: { to: '{destination}' } },
    inbound_files: { hosts, auth: { basic: ['{secret.user}', '{secret.password}'] } },
    ...entry,
  });
  const asked: (CarrierRequest & { readonly maxBytes: number })[] = [];
  const left = [...answers];
  const fetch = makeFetchFiles(
    config,
    { 'secret.user': 'me', 'secret.password': 'geheim' },
    async (request, maxBytes) => {
      asked.push({ ...request, maxBytes });
      return left.shift() ?? assert.fail('one request more');
    },
  );
  const message = { name: 'm', sender: '1', destination: '2', service: 'mms', text: '', mediaUrls } as const;
  return { asked, message: await fetch(message) };
}

test('files on the carrier’s hosts are fetched with its credentials', async () => {
  const { asked, message } = await fetchFiles([at('a?b=1'), at('c')], [{ answer: png }, { answer: png }]);
  assert.deepEqual(
    asked.map(({ method, origin, path, headers }) => [method, origin + path, headers.Authorization]),
    ['a?b=1', 'c'].map((path) => ['GET', at(path), `Basic ${btoa('me:geheim')}`]),
  );
  assert.deepEqual([message.mediaUrls, message.files?.length, message.detail], [[], 2, undefined]);
  assert.deepEqual(message.files?.[0], { contentType: 'image/png', content: png.content });
});

test('no other host is asked, and nobody in the clear: the addresses are passed on', async () => {
  const urls = [
    'https://files.example.net.evil.example/a',
    'https://evil.example/files.example.net',
    'https://files.example.net@evil.example/a',
    'https://files.example.net:8443/a',
    'http://files.example.net/a',
    'no address',
  ];
  const { asked, message } = await fetchFiles(urls, []);
  assert.deepEqual([asked, message.mediaUrls, message.detail], [[], urls, undefined]);
});

test('a carrier in a private network may be asked in the clear, at the port that is named', async () => {
  const given = { hosts: ['127.0.0.1:8080'], allow_private: true };
  const { message } = await fetchFiles(['http://127.0.0.1:8080/a'], [{ answer: png }], given);
  assert.equal(message.files?.length, 1);
});

test('a file that will not come is told by its address, and the history says why', async () => {
  const urls = ['a', 'b', 'c', 'd'].map(at);
  const { message } = await fetchFiles(urls, [
    { answer: { ...png, status: 404 } },
    { answer: png },
    { answer: { ...png, isCut: true } },
    { answer: { ...png, status: 302 } },
  ]);
  assert.deepEqual(message.mediaUrls, [urls[0], urls[2], urls[3]]);
  assert.equal(message.files?.length, 1);
  assert.equal(message.detail, 'files were not fetched: status 404, it is too large, status 302');
});

test('files are limited, each and together', async () => {
  const large = { answer: { ...png, content: Buffer.alloc(2 * 1024 * 1024) } };
  const { asked } = await fetchFiles(['a', 'b', 'c'].map(at), [large, large, { answer: png }]);
  assert.deepEqual(
    asked.map(({ maxBytes }) => maxBytes / 1024),
    [2048, 2048, 1024],
  );
});

const troubles: readonly DownloadResult[] = [
  { error: 'no answer within 8 s' },
  { answer: { ...png, status: 503 } },
  { answer: { ...png, status: 429 } },
];
for (const trouble of troubles) {
  test(`a file that may come later lets the carrier bring the message again: ${JSON.stringify(trouble)}`, () =>
    assert.rejects(fetchFiles([at('a')], [trouble]), NotNow));
}

test('without credentials for files, addresses are passed on', async () => {
  const config = { fileAccess: undefined, allowPrivate: false, name: 'up' };
  const message = {
    name: 'm',
    sender: '1',
    destination: '2',
    service: 'mms',
    text: '',
    mediaUrls: [at('a')],
  } as const;
  assert.equal(await makeFetchFiles(config, {}, () => assert.fail())(message), message);
});
