// The world in which recorded requests make sense: an account with applications, numbers and powerpacks with members.
import { type ApiAnswer, startTestApp, type TestApp } from '../support/app.ts';
import { filePart, multipartBody, multipartType } from '../support/multipart.ts';
import type { RecordedRequest } from './recorded-requests.ts';
import { saveTables } from './saved-tables.ts';

/** The number, toll-free number and short code that the recorded requests are about; all three are in the pool. */
export const theNumber = '14155550111';
export const theTollfree = '18005550113';
export const theShortcode = '444444';
/** A number that is for sale. */
export const forSale = '14155550186';

/** Page 3 of lists asked for with `limit=5&offset=10` shows two. */
export const listLength = 12;

/** Long codes of San Francisco that the pool holds, `theNumber` last. */
const sanFrancisco = Array.from(
  { length: listLength },
  (_, index) => `141555501${String(index).padStart(2, '0')}`,
);

/** A member of the pool, in the words of its lists. */
export interface Member {
  readonly number: string;
  readonly type: 'fixed' | 'tollfree';
  readonly country_iso2: 'US' | 'CA';
  readonly service: 'sms' | 'mms';
}

/** The members of the pool, for its lists and filters. */
export const members: readonly Member[] = [
  ...sanFrancisco.map((number) => ({ number, type: 'fixed', country_iso2: 'US', service: 'sms' }) as const),
  { number: '14155550120', type: 'fixed', country_iso2: 'US', service: 'mms' },
  { number: '12125550101', type: 'fixed', country_iso2: 'US', service: 'sms' },
  { number: '16135550101', type: 'fixed', country_iso2: 'CA', service: 'sms' },
  { number: theTollfree, type: 'tollfree', country_iso2: 'US', service: 'sms' },
];

/** The person to whom the messages of the world were sent. */
export const recipient = '14155550173';

/** An address without a listener, which fails at once. */
export const deadUrl = 'http://127.0.0.1:9';

/** Filters of the recorded lists of rented numbers: all San Francisco numbers bear this alias. */
export const alias = 'al';

export interface World {
  readonly app: TestApp;
  readonly powerpackUuid: string;
  readonly poolUuid: string;
  /** The XML application that requests name. */
  readonly appId: string;
  /** Another one: that of the powerpack, and of the San Francisco numbers. */
  readonly presentAppId: string;
  /** A picture message that the powerpack has sent to `recipient`, delivered; before it went `listLength` texts. */
  readonly messageUuid: string;
  /** The file that it carries. */
  readonly mediaId: string;
  /** Calls the API as the account of this world. Fails unless the answer is a success. */
  must(method: string, path: string, body?: unknown): Promise<ApiAnswer>;
  /** Brings everything back to how it was. */
  reset(): Promise<void>;
}

/** Starts an app and makes the world in it. */
export async function makeWorld(): Promise<World> {
  // Many requests come at one moment; what numbers may send in a second is not their matter.
  const app = await startTestApp({ RUCKSACK_PACING: 'unlimited' });
  try {
    return await fillWorld(app);
  } catch (error) {
    // A running app would keep the process alive, and the test from failing.
    await app.stop();
    throw error;
  }
}

async function fillWorld(app: TestApp): Promise<World> {
  const must: World['must'] = async (method, path, body) => {
    const answer = await app.call(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path} answered ${answer.status}: ${answer.text}`);
    return answer;
  };

  const appIds: string[] = [];
  for (let index = 0; index < listLength; index++) {
    const { body } = await must('POST', 'Application/', { app_name: `application ${index}` });
    appIds.push(body.app_id);
  }
  const [appId = '', presentAppId = ''] = appIds;
  const powerpacks: { uuid: string; number_pool: string }[] = [];
  for (let index = 0; index < listLength; index++) {
    const application = { application_id: presentAppId, application_type: 'XML' };
    powerpacks.push((await must('POST', 'Powerpack/', { name: `powerpack ${index}`, ...application })).body);
  }
  const { uuid: powerpackUuid = '', number_pool = '' } = powerpacks[0] ?? {};
  const poolUuid = number_pool.split('/')[5] ?? '';

  const own = { numbers: sanFrancisco.join(), carrier: 'c', region: 'r', alias, app_id: presentAppId };
  await must('POST', 'Number/', own);
  for (const { number, service } of members) {
    await must('POST', `NumberPool/${poolUuid}/Number/${number}/`, { rent: true, service });
  }
  await must('POST', `NumberPool/${poolUuid}/Shortcode/${theShortcode}/`);
  const sent = { powerpack_uuid: powerpackUuid, dst: recipient };
  for (let index = 0; index < listLength; index++) {
    await must('POST', 'Message/', { ...sent, text: `message ${index}` });
  }
  const mediaId = await upload(app, 'a.png');
  const { body } = await must('POST', 'Message/', { ...sent, type: 'mms', media_ids: [mediaId] });
  await app.advance(1000);
  const reset = restoreAfterChanges(app, await saveTables(app.app.db));
  const [messageUuid] = body.message_uuid;
  return { app, powerpackUuid, poolUuid, appId, presentAppId, messageUuid, mediaId, must, reset };
}

/** Uploads a small picture, and answers its id. */
async function upload(app: TestApp, name: string): Promise<string> {
  const { body } = await app.call('POST', 'Media/', undefined, {
    headers: { 'content-type': multipartType },
    rawBody: multipartBody([filePart(name, 'image/png', '\x89PNG\r\n\x1a\n')]),
  });
  return body.objects[0].media_id;
}

/** Runs `restore` only after a request that may have changed something: most tests only read. */
function restoreAfterChanges({ app }: TestApp, restore: () => Promise<void>): () => Promise<void> {
  let changed = false;
  // Requests that come by the drop-in begin with CONNECT.
  for (const event of ['request', 'connect']) {
    app.server.http.on(event, ({ method }: { method: string }) => {
      changed ||= method !== 'GET';
    });
  }
  return async () => {
    if (changed) {
      await app.inFlight.idle();
      await restore();
    }
    changed = false;
  };
}

/** Returns the recorded request with the ids of this world, ready to be sent. */
export function inWorld(world: World, recorded: RecordedRequest, numberForSale = forSale): RecordedRequest {
  const ids: [recorded: RegExp, ours: string][] = [
    [/MAXXXXXXXXXXXXXXXXXX/g, world.app.account.authId],
    [/powerpack_uuid(?=\/|&|$)|(?<=: ?")powerpack_uuid(?=")/g, world.powerpackUuid],
    [/your-powerpack-uuid|0166c910-1268-47c7-bf30-f5809ee843b9/g, world.powerpackUuid],
    [/659c7f88-c819-46e2-8af4-2d8a84249099/g, world.poolUuid],
    [/20342783288007824|your_application_id/g, world.appId],
    [/5b40a428-bfc7-4daf-9d06-726c558bf3b8/g, world.messageUuid],
    // PHP writes slashes as `\/`.
    [/www\.example\.com/g, new URL(deadUrl).host],
    [/14154009186/g, numberForSale],
  ];
  const replaced = (text: string) => ids.reduce((done, [from, to]) => done.replace(from, to), text);
  return {
    ...recorded,
    path: replaced(recorded.path),
    query: replaced(recorded.query),
    body: replaced(recorded.body),
  };
}
