// Media as SDKs ask for them: the real Node SDK, and requests that others were recorded to send.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { attachMedia } from '../../src/media/message-media-store.ts';
import { basicAuth, startTestApp, type TestApp } from '../support/app.ts';
import { insertMessage } from '../support/message-rows.ts';
import { makeClient } from './node-sdk.ts';
import { type Loose, sendRaw } from './raw-request.ts';

const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const vcard = 'BEGIN:VCARD\r\nEND:VCARD\r\n';
const messageUuid = '5b40a428-bfc7-4daf-9d06-726c558bf3b8';

let app: TestApp;
let client: Loose;
let folder: string;
before(async () => {
  app = await startTestApp();
  client = makeClient(app.account, { url: `${app.url}/v1/Account/${app.account.authId}` });
  folder = await mkdtemp(join(tmpdir(), 'media-'));
  await writeFile(join(folder, 'a.png'), png);
  await writeFile(join(folder, 'b.vcf'), vcard);
  await insertMessage(app.app.db, messageUuid, { accountId: app.account.authId });
});
after(async () => {
  await app.stop();
  await rm(folder, { recursive: true });
});

const path = (name: string) => join(folder, name);

describe('client.media of the Node SDK', () => {
  test('upload: several files', async () => {
    const { apiId, objects } = await client.media.upload([path('a.png'), path('b.vcf')]);
    assert.match(apiId, /^[0-9a-f-]{36}$/);
    const shown = objects.map(({ fileName, contentType, size, status, statusCode }: Loose) => [
      fileName,
      contentType,
      size,
      status,
      statusCode,
    ]);
    assert.deepEqual(shown, [
      ['a.png', 'image/png', png.length, 'success', 201],
      ['b.vcf', 'text/vcard', vcard.length, 'success', 201],
    ]);
    assert.deepEqual(Buffer.from(await (await fetch(objects[0].mediaUrl)).arrayBuffer()), png);
  });

  test('upload: one file that is not accepted', async () => {
    await writeFile(path('page.html'), '<p>');
    const [slot] = (await client.media.upload(path('page.html'))).objects;
    assert.deepEqual([slot.status, slot.statusCode, slot.mediaId], ['failed', 400, undefined]);
    assert.match(slot.errorMessage, /text\/html/);
  });

  test('get', async () => {
    const { objects } = await client.media.upload(path('a.png'));
    const media = await client.media.get(objects[0].mediaId);
    assert.deepEqual(
      [media.mediaId, media.fileName, media.contentType, media.size, media.mediaUrl],
      [objects[0].mediaId, 'a.png', 'image/png', png.length, objects[0].mediaUrl],
    );
    assert.equal(media.uploadTime, objects[0].uploadTime);
    await assert.rejects(client.media.get('801c2056-33ab-499c-80ef-58b574a462a2'), { status: 404 });
  });

  test('list', async () => {
    await client.media.upload([path('a.png'), path('b.vcf')]);
    const all = await client.media.list();
    assert.equal(all.meta.totalCount, all.length);
    const page = await client.media.list({ limit: 1, offset: 1 });
    assert.deepEqual([page.length, page[0].mediaId], [1, all[1].mediaId]);
  });
});

describe("a message's media", () => {
  before(async () => {
    const { objects } = await client.media.upload(path('a.png'));
    const medium = { messageId: messageUuid, position: 0, mediaId: objects[0].mediaId };
    await app.app.db.transaction((tx) => attachMedia(tx, app.time.now, [medium]));
  });

  test('client.messages.listMedia of the Node SDK', async () => {
    const { objects } = await client.messages.listMedia(messageUuid);
    assert.deepEqual([objects.length, objects[0].messageUuid, objects[0].size], [1, messageUuid, png.length]);
  });

  const media = `Message/${messageUuid}/Media`;
  const json = { 'content-type': 'application/json' };
  /** The first four as recorded; Go, Java and Ruby's deletion as wire-data-plane sections 1, 2 and 6.1 tell them. */
  const requests: [
    sdk: string,
    method: string,
    target: string,
    headers: object,
    body: string,
    status: number,
  ][] = [
    ['Node 4.79.0', 'GET', `${media}/`, json, '{}', 200],
    ['.NET 5.53.0', 'GET', `${media}//`, { accept: 'application/json' }, '', 200],
    ['PHP 4.70.0', 'GET', `${media}/`, { ...json, 'accept-encoding': '*' }, '', 200],
    ['Ruby 4.63.4', 'GET', `${media}/`, { ...json, accept: 'application/json' }, '', 200],
    ['Go', 'GET', `${media}//`, json, '', 200],
    ['Java', 'GET', `${media}/?limit=20&offset=0&id=${messageUuid}`, {}, '', 200],
    ['PHP', 'DELETE', `${media}/`, json, '{}', 204],
    ['Ruby', 'DELETE', `${media}/`, json, '', 204],
  ];
  for (const [sdk, method, target, headers, body, status] of requests) {
    test(`${method} as ${sdk} sends it`, async () => {
      const answer = await sendRaw(app.url, {
        method,
        target: `/v1/Account/${app.account.authId}/${target}`,
        headers: { ...headers, authorization: basicAuth(app.account) },
        body,
      });
      assert.equal(answer.status, status);
      assert.match(answer.headers['content-type'] ?? '', /^application\/json/);
      if (method === 'GET') assert.equal(answer.body.objects.length, 1);
    });
  }
});
