// Media over HTTP: upload, list and fetch files, what messages carry, and what is refused.
import assert from 'node:assert/strict';
import http from 'node:http';
import { after, before, describe, test } from 'node:test';
import { remoteMediaId } from '../../src/media/media.ts';
import { type AttachedMedium, attachMedia } from '../../src/media/message-media-store.ts';
import { type ApiAnswer, basicAuth, startTestApp, type TestAccount, type TestApp } from '../support/app.ts';
import { insertMessage } from '../support/message-rows.ts';
import { filePart, multipartBody, multipartType, type Part, partBytes } from '../support/multipart.ts';

const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const picture = filePart('a.png', 'image/png', png);
const unknownId = '801c2056-33ab-499c-80ef-58b574a462a2';
const mebibyte = 1024 * 1024;

let world: TestApp;
let subaccount: TestAccount;
let stranger: TestAccount;
before(async () => {
  world = await startTestApp();
  const { body } = await world.call('POST', 'Subaccount/', { name: 'marketing', enabled: true });
  subaccount = { authId: body.auth_id, authToken: body.auth_token };
  stranger = await world.makeAccount('Stranger');
});
after(() => world.stop());

const refusal = ({ status, body }: ApiAnswer) => [status, body.error];

function send(
  rawBody: string | Uint8Array,
  contentType = multipartType,
  as?: TestAccount,
): Promise<ApiAnswer> {
  return world.call('POST', 'Media/', undefined, { as, rawBody, headers: { 'content-type': contentType } });
}

const upload = (parts: readonly Part[], as?: TestAccount) => send(multipartBody(parts), multipartType, as);

async function uploadOne(as?: TestAccount): Promise<{ media_id: string; url: string }> {
  return (await upload([picture], as)).body.objects[0];
}

describe('a file', () => {
  test('is uploaded, and found again by its id and in the list', async () => {
    const answer = await upload([picture]);
    assert.equal(answer.status, 202);
    const [{ status, status_code, ...medium }] = answer.body.objects;
    assert.deepEqual([answer.body.objects.length, status, status_code], [1, 'success', 201]);
    assert.match(medium.media_id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    const url = `${world.url}/media/${world.account.authId}/${medium.media_id}`;
    assert.deepEqual(medium, {
      content_type: 'image/png',
      file_name: 'a.png',
      media_id: medium.media_id,
      media_url: url,
      size: png.length,
      upload_time: '2026-03-14T09:26:53.589000Z',
      url,
    });
    const { api_id, ...read } = (await world.call('GET', `Media/${medium.media_id}/`)).body;
    assert.deepEqual(read, medium);
    const { objects } = (await world.call('GET', 'Media/')).body;
    assert.deepEqual(
      objects.filter(({ media_id }: { media_id: string }) => media_id === medium.media_id),
      [medium],
    );
    assert.equal((await world.call('GET', `Media/${medium.media_id.toUpperCase()}`)).status, 200);
  });

  test('is fetched by anybody, and does no harm to a browser', async () => {
    const { url } = await uploadOne();
    const fetched = await fetch(url);
    assert.equal(fetched.status, 200);
    assert.deepEqual(Buffer.from(await fetched.arrayBuffer()), png);
    const headers = Object.fromEntries(fetched.headers);
    assert.equal(headers['content-type'], 'image/png');
    assert.equal(headers['content-length'], String(png.length));
    assert.equal(headers['content-disposition'], `inline; filename="a.png"; filename*=UTF-8''a.png`);
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.match(headers['content-security-policy'] ?? '', /^default-src 'none';.*; sandbox$/);
    assert.equal(headers['cache-control'], 'private, max-age=3600, immutable');
    const head = await fetch(url, { method: 'HEAD' });
    assert.deepEqual([head.status, await head.text()], [200, '']);
  });

  test('that is no picture, sound or film is to be saved, under its own name', async () => {
    const name = Buffer.from('Müller\'s; \\"list\\".pdf').toString('latin1');
    const { url, file_name } = (await upload([filePart(name, 'application/pdf', '%PDF-1.7')])).body
      .objects[0];
    assert.equal(file_name, `Müller's; "list".pdf`);
    assert.equal(
      (await fetch(url)).headers.get('content-disposition'),
      `attachment; filename="M_ller_s___list_.pdf"; filename*=UTF-8''M%C3%BCller%27s%3B%20%22list%22.pdf`,
    );
  });

  test('of 2 MiB is taken as it is', async () => {
    const large = Buffer.alloc(2 * mebibyte, 'x');
    const { status, size, url } = (await upload([filePart('a.txt', 'text/plain', large)])).body.objects[0];
    assert.deepEqual([status, size], ['success', large.length]);
    assert.ok(Buffer.from(await (await fetch(url)).arrayBuffer()).equals(large));
  });
});

test('ten files of 2 MiB go through at once', async () => {
  const large = Buffer.alloc(2 * mebibyte, 'x');
  const { status, body } = await upload(Array(10).fill(filePart('a.txt', 'text/plain', large)));
  assert.equal(status, 202);
  const ids = new Set(body.objects.map(({ media_id }: { media_id: string }) => media_id));
  assert.equal(ids.size, 10);
});

test('of several files each is taken or refused in its place', async () => {
  const { status, body } = await upload([
    picture,
    filePart('page.html', 'text/html', '<script>'),
    filePart('large.mp4', 'video/mp4', Buffer.alloc(2 * mebibyte + 1)),
    filePart('empty.gif', 'image/gif', ''),
    filePart('b.png', 'image/png', png),
  ]);
  assert.equal(status, 202);
  const slots = body.objects.map((slot: Record<string, unknown>) => [
    slot.file_name,
    slot.status,
    slot.status_code,
    slot.error_code,
    slot.error_message,
    slot.media_id !== undefined && slot.url !== undefined,
  ]);
  assert.deepEqual(slots, [
    ['a.png', 'success', 201, undefined, undefined, true],
    ['page.html', 'failed', 400, 400, 'files of content type text/html are not accepted', false],
    ['large.mp4', 'failed', 413, 413, 'the file is larger than 2 MB', false],
    ['empty.gif', 'failed', 400, 400, 'the file is empty', false],
    ['b.png', 'success', 201, undefined, undefined, true],
  ]);
});

describe('an upload is refused as a whole', () => {
  const required = 'file is required: send 1 to 10 files of that name as multipart/form-data';
  const broken = 'request body is not a valid multipart form';
  const otherName = { ...picture, head: ['Content-Disposition: form-data; name="media"; filename="a.png"'] };
  const cases: [what: string, body: string | Buffer, type: string, refusal: [number, string]][] = [
    ['without a body', '', multipartType, [400, required]],
    ['that is JSON', '{"file":"a.png"}', 'application/json', [400, required]],
    ['without a file', multipartBody([]), multipartType, [400, required]],
    ['with files of another name', multipartBody([otherName]), multipartType, [400, required]],
    [
      'of eleven files',
      multipartBody(Array(11).fill(picture)),
      multipartType,
      [400, 'at most 10 files may be sent at once'],
    ],
    ['without a boundary', multipartBody([picture]), 'multipart/form-data', [400, broken]],
    ['that is cut short', multipartBody([picture]).subarray(0, 110), multipartType, [400, broken]],
    [
      'that is too large',
      Buffer.alloc(21 * mebibyte + 1),
      multipartType,
      [413, 'the request body is larger than 21 MiB'],
    ],
  ];
  for (const [what, body, type, expected] of cases) {
    test(what, async () => assert.deepEqual(refusal(await send(body, type)), expected));
  }

  test('without credentials, before its body is read', async () => {
    const { answer, request } = beginUpload({ authId: world.account.authId, authToken: 'wrong' });
    assert.equal(await answer, 401);
    request.destroy();
  });

  test('when four others are under way, which are not disturbed', async () => {
    const uploads = Array.from({ length: 5 }, () => beginUpload(world.account));
    const first = await Promise.race(
      uploads.map(async (upload) => ({ upload, status: await upload.answer })),
    );
    assert.equal(first.status, 429);
    first.upload.request.destroy();
    const others = uploads.filter((upload) => upload !== first.upload);
    for (const { request } of others) request.end(multipartBody([picture]).subarray(half));
    assert.deepEqual(await Promise.all(others.map(({ answer }) => answer)), [202, 202, 202, 202]);
    assert.equal((await upload([picture])).status, 202);
  });
});

const half = 60;

/** Sends the head of an upload and half of its body. */
function beginUpload(who: TestAccount) {
  const headers = {
    authorization: basicAuth(who),
    'content-type': multipartType,
    'content-length': multipartBody([picture]).length,
  };
  const path = `/v1/Account/${who.authId}/Media/`;
  const request = http.request(`${world.url}${path}`, { method: 'POST', headers, agent: false });
  const answer = new Promise<number>((resolve, reject) => {
    request.on('error', reject);
    request.on('response', (response) => {
      response.resume();
      response.on('error', () => undefined);
      resolve(response.statusCode ?? 0);
    });
  });
  request.write(multipartBody([picture]).subarray(0, half));
  return { request, answer };
}

test('an ordinary body is still limited to 1 MiB', async () => {
  const answer = await world.call('POST', 'Application/', { app_name: 'x'.repeat(mebibyte) });
  assert.deepEqual(refusal(answer), [413, 'the request body is larger than 1 MiB']);
});

test('a subaccount sees its own files, its main account sees all, a stranger none', async () => {
  const { media_id: ofMain } = await uploadOne();
  const { media_id: ofSub, url } = await uploadOne(subaccount);
  const statuses = async (as: TestAccount) =>
    Promise.all(
      [ofMain, ofSub].map(async (id) => (await world.call('GET', `Media/${id}/`, undefined, { as })).status),
    );
  assert.deepEqual(await statuses(world.account), [200, 200]);
  assert.deepEqual(await statuses(subaccount), [404, 200]);
  assert.deepEqual(await statuses(stranger), [404, 404]);
  const total = async (as: TestAccount) =>
    (await world.call('GET', 'Media/', undefined, { as })).body.meta.total_count;
  assert.equal(await total(subaccount), 1);
  assert.equal(await total(stranger), 0);
  assert.equal(new URL(url).pathname, `/media/${world.account.authId}/${ofSub}`);
  assert.equal((await fetch(url)).status, 200);
});

test('lists come in pages, the latest file first', async () => {
  const as = await world.makeAccount('Lister');
  const ids: string[] = [];
  for (let minute = 0; minute < 3; minute++) {
    world.time.now = new Date(world.time.now.getTime() + 60_000);
    ids.unshift((await uploadOne(as)).media_id);
  }
  const { meta, objects } = (await world.call('GET', 'Media/?limit=2&offset=0', undefined, { as })).body;
  assert.deepEqual(
    objects.map(({ media_id }: { media_id: string }) => media_id),
    ids.slice(0, 2),
  );
  const path = `/v1/Account/${as.authId}/Media/`;
  assert.deepEqual(meta, {
    limit: 2,
    next: `${path}?limit=2&offset=2`,
    offset: 0,
    previous: null,
    total_count: 3,
  });
  const rest = (await world.call('GET', meta.next, undefined, { as })).body;
  assert.deepEqual([rest.objects.length, rest.objects[0].media_id], [1, ids[2]]);
});

test('a file that does not exist is not found', async () => {
  const { media_id } = await uploadOne();
  for (const path of [`Media/${unknownId}/`, 'Media/none/']) {
    assert.equal((await world.call('GET', path)).status, 404, path);
  }
  const pages = [
    `${world.account.authId}/${unknownId}`,
    `${world.account.authId}/none`,
    `${stranger.authId}/${media_id}`,
    `MA%00/${media_id}`,
  ];
  for (const page of pages) {
    const answer = await fetch(`${world.url}/media/${page}`);
    const { error } = (await answer.json()) as { error: string };
    assert.deepEqual([answer.status, error], [404, 'media not found'], page);
  }
});

test('of uploaded files a message takes 5 MiB and no more', async () => {
  const { body } = await world.call('POST', 'Powerpack/', { name: 'pictures' });
  const number = '14155550170';
  const member = `NumberPool/${body.number_pool.split('/')[5]}/Number/${number}/`;
  await world.call('POST', member, { rent: true, service: 'mms' });
  const film = (bytes: number) => filePart('film.mp4', 'video/mp4', Buffer.alloc(bytes, 1));
  const { objects } = (await upload([film(2 * mebibyte), film(2 * mebibyte), film(mebibyte), film(1)])).body;
  const ids: string[] = objects.map(({ media_id }: { media_id: string }) => media_id);
  const sendThem = (media_ids: readonly string[]) =>
    world.call('POST', 'Message/', { src: number, dst: '14155550199', type: 'mms', media_ids });
  assert.deepEqual(refusal(await sendThem(ids)), [400, 'media_ids must be at most 5242880 bytes together']);
  assert.equal((await sendThem(ids.slice(0, 3))).status, 202);
});

describe('the media of a message', () => {
  const ofMain = '019cebb2-7a55-7000-8000-000000000001';
  const ofSub = '019cebb2-7a55-7000-8000-000000000002';
  const withoutMedia = '019cebb2-7a55-7000-8000-000000000003';
  const remoteUrl = 'https://example.com/pictures/b%20c.jpg?size=large';
  let file: { media_id: string; url: string };

  before(async () => {
    const { db } = world.app;
    const accountId = world.account.authId;
    await insertMessage(db, ofMain, { accountId });
    await insertMessage(db, ofSub, { accountId, subaccountId: subaccount.authId });
    await insertMessage(db, withoutMedia, { accountId });
    file = await uploadOne();
    const attached: AttachedMedium[] = [
      { messageId: ofMain, position: 0, mediaId: file.media_id },
      { messageId: ofMain, position: 1, url: remoteUrl },
      { messageId: ofSub, position: 0, url: remoteUrl },
    ];
    await db.transaction((tx) => attachMedia(tx, world.time.now, attached));
  });

  const list = (id: string, as?: TestAccount) => world.call('GET', `Message/${id}/Media/`, undefined, { as });

  test('is listed: uploaded files, and URLs of others as they were given', async () => {
    const { status, body } = await list(ofMain);
    assert.equal(status, 200);
    const [uploaded, remote] = body.objects;
    assert.deepEqual([body.objects.length, body.meta.total_count], [2, 2]);
    assert.deepEqual(
      [uploaded.message_uuid, uploaded.media_id, uploaded.url, uploaded.media_url, uploaded.size],
      [ofMain, file.media_id, file.url, file.url, png.length],
    );
    assert.deepEqual(remote, {
      content_type: 'image/jpeg',
      file_name: 'b c.jpg',
      media_id: remote.media_id,
      media_url: remoteUrl,
      message_uuid: ofMain,
      size: 0,
      upload_time: world.time.now.toISOString().replace('Z', '000Z'),
      url: remoteUrl,
    });
    const second = (await world.call('GET', `Message/${ofMain}/Media//?limit=1&offset=1&id=${ofMain}`)).body;
    assert.deepEqual(second.objects, [remote]);
  });

  test('is read one by one', async () => {
    const { objects } = (await list(ofMain)).body;
    for (const listed of objects) {
      const { api_id, ...read } = (await world.call('GET', `Message/${ofMain}/Media/${listed.media_id}/`))
        .body;
      assert.deepEqual(read, listed);
    }
    assert.deepEqual(refusal(await world.call('GET', `Message/${ofMain}/Media/${unknownId}/`)), [
      404,
      'media not found',
    ]);
  });

  for (const [log, count, id] of [
    ['true', 1, '019cebb2-7a55-7000-8000-000000000011'],
    ['content_only', 1, '019cebb2-7a55-7000-8000-000000000012'],
    ['number_only', 0, '019cebb2-7a55-7000-8000-000000000013'],
    ['false', 0, '019cebb2-7a55-7000-8000-000000000014'],
  ] as const) {
    test(`is ${count === 0 ? 'not ' : ''}shown where log is ${log}`, async () => {
      const { db } = world.app;
      await insertMessage(db, id, { accountId: world.account.authId }, log);
      await db.transaction((tx) =>
        attachMedia(tx, world.time.now, [{ messageId: id, position: 0, url: remoteUrl }]),
      );
      assert.equal((await list(id)).body.objects.length, count);
      const one = await world.call('GET', `Message/${id}/Media/${remoteMediaId(id, 0)}/`);
      assert.equal(one.status, count === 0 ? 404 : 200);
    });
  }

  test('is nothing for a message without media', async () => {
    const { status, body } = await list(withoutMedia);
    assert.deepEqual([status, body.objects, body.meta.total_count], [200, [], 0]);
    assert.equal((await world.call('DELETE', `Message/${withoutMedia}/Media/`)).status, 204);
  });

  test('is for the eyes of its account', async () => {
    assert.equal((await list(ofSub)).status, 200);
    assert.equal((await list(ofSub, subaccount)).status, 200);
    for (const [id, as] of [
      [ofMain, subaccount],
      [ofMain, stranger],
      [unknownId, world.account],
    ] as const) {
      const expected = [404, 'message not found'];
      assert.deepEqual(refusal(await list(id, as)), expected);
      assert.deepEqual(
        refusal(await world.call('DELETE', `Message/${id}/Media/`, undefined, { as })),
        expected,
      );
    }
    assert.equal((await list('none')).status, 404);
  });

  test('is deleted for good, with the files that no other message carries', async () => {
    const deleted = await world.call('DELETE', `Message/${ofMain}/Media/`, {});
    assert.deepEqual([deleted.status, deleted.text], [204, '']);
    assert.deepEqual((await list(ofMain)).body.objects, []);
    assert.equal((await list(ofSub)).body.objects.length, 1);
  });
});

describe('bodies as SDKs write them', () => {
  const disposition = (rest: string) => `Content-Disposition: form-data; ${rest}`;
  const cases: [what: string, parts: readonly Part[], name: string, type: string][] = [
    [
      '.NET: names without quotes, and a second one encoded',
      [
        {
          head: [
            'Content-Type: image/png',
            disposition("name=file; filename=a.png; filename*=utf-8''%c3%a4.png"),
          ],
          content: png,
        },
      ],
      'ä.png',
      'image/png',
    ],
    [
      '.NET: no type, because of a dot in the name',
      [{ head: [disposition('name=file; filename=my.holiday.png')], content: png }],
      'my.holiday.png',
      'image/png',
    ],
    [
      'PHP: a length in the part',
      [
        {
          head: [
            disposition('name="file"; filename="a.png"'),
            'Content-Length: 16',
            'Content-Type: image/png',
          ],
          content: png,
        },
      ],
      'a.png',
      'image/png',
    ],
    ['Java: a whole path as name', [filePart('/home/me/a.png', 'image/png', png)], 'a.png', 'image/png'],
    ['Java on Windows', [filePart('C:\\me\\a.png', 'image/png', png)], 'a.png', 'image/png'],
    [
      'a part without a name of its own',
      [{ head: [disposition('name="file"')], content: png }],
      'file',
      'image/png',
    ],
    [
      'other fields beside it',
      [{ head: [disposition('name="note"')], content: 'hello' }, picture],
      'a.png',
      'image/png',
    ],
  ];
  for (const [what, parts, name, type] of cases) {
    test(what, async () => {
      const { status, body } = await upload(parts);
      assert.equal(status, 202);
      const [{ file_name, content_type, size }] = body.objects;
      assert.deepEqual([body.objects.length, file_name, content_type, size], [1, name, type, png.length]);
    });
  }

  test('.NET: a boundary in quotes', async () => {
    const { body } = await send(multipartBody([picture]), 'multipart/form-data; boundary="xyz"');
    assert.equal(body.objects[0].status, 'success');
  });

  test('Go: of several files only the first one counts, for the form ends behind it', async () => {
    const second = Buffer.concat([
      partBytes(filePart('b.png', 'image/png', png)),
      Buffer.from('--xyz--\r\n'),
    ]);
    const { status, body } = await send(Buffer.concat([multipartBody([picture]), second]));
    assert.equal(status, 202);
    assert.deepEqual(
      body.objects.map(({ file_name }: { file_name: string }) => file_name),
      ['a.png'],
    );
  });
});
