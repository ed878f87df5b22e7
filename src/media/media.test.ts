// Ids, addresses and names of media.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { cleanFileName, describeRemote, makeMediaId, mediaUrl, remoteMediaId } from './media.ts';

describe('ids', () => {
  test('of files are made of nothing but random bits', () => {
    const id = (fill: number) => makeMediaId((size) => new Uint8Array(size).fill(fill));
    assert.equal(id(0), '00000000-0000-4000-8000-000000000000');
    assert.equal(id(0xff), 'ffffffff-ffff-4fff-bfff-ffffffffffff');
  });

  test('of URLs are made of their place in a message', () => {
    const message = '019cebb2-7a55-7a10-9f3e-2d1c0b4a5968';
    const id = remoteMediaId(message, 0);
    assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.equal(remoteMediaId(message, 0), id);
    assert.notEqual(remoteMediaId(message, 1), id);
    assert.notEqual(remoteMediaId(message.replace('0', '1'), 0), id);
  });
});

test('the address of a file names its main account', () => {
  const file = { accountId: 'MAXXXXXXXXXXXXXXXXXX', id: '801c2056-33ab-499c-80ef-58b574a462a2' };
  assert.equal(
    mediaUrl('https://sms.example.net', file),
    'https://sms.example.net/media/MAXXXXXXXXXXXXXXXXXX/801c2056-33ab-499c-80ef-58b574a462a2',
  );
});

const names: [given: string, kept: string][] = [
  ['a.png', 'a.png'],
  ['/home/me/a.png', 'a.png'],
  ['C:\\pictures\\a.png', 'a.png'],
  [' my picture (1).png ', 'my picture (1).png'],
  ['Grüße ☃.png', 'Grüße ☃.png'],
  ['a\0\r\nb\u0085.png', 'ab.png'],
  ['\ud800.png', '\ufffd.png'],
  ['', 'file'],
  ['pictures/', 'file'],
  ['..', 'file'],
  ['👩'.repeat(300), '👩'.repeat(255)],
];

describe('the name of a file', () => {
  for (const [given, kept] of names) {
    test(JSON.stringify(given.slice(0, 30)), () => assert.equal(cleanFileName(given), kept));
  }
});

const urls: [url: string, fileName: string, contentType: string][] = [
  ['https://example.com/pictures/a.png', 'a.png', 'image/png'],
  ['https://example.com/a%20b.JPG?size=large#top', 'a b.JPG', 'image/jpeg'],
  ['https://example.com/%2e%2e%2fa.gif', 'a.gif', 'image/gif'],
  ['https://example.com/a%zz.pdf', 'a%zz.pdf', 'application/pdf'],
  ['https://example.com/', 'file', 'application/octet-stream'],
  ['https://example.com/get?file=a.png', 'get', 'application/octet-stream'],
  ['no URL/a.png', 'file', 'application/octet-stream'],
];

describe('the facts in a URL', () => {
  for (const [url, fileName, contentType] of urls) {
    test(url, () => assert.deepEqual(describeRemote(url), { fileName, contentType }));
  }
});
