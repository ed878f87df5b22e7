// The world that is fuzzed: an account that owns one of everything, and a way to see whether any of it changed.
import type { Db } from '../../src/db/db.ts';
import { goingOn, saveTables } from '../compat/saved-tables.ts';
import { startTestApp, type TestAccount, type TestApp } from '../support/app.ts';
import { filePart, multipartBody, multipartType } from '../support/multipart.ts';
import type { UsualTexts, Words } from './schema-values.ts';

export interface FuzzWorld {
  readonly app: TestApp;
  /** A subaccount of the app's account, with a powerpack of its own. */
  readonly subaccount: TestAccount;
  /** Ids, numbers and names that mean something here. */
  readonly words: Words;
  readonly usual: UsualTexts;
  /**
   * Which rows of any table differ from how they were, once nothing is under way any more: none, only answers kept for a
   * repetition, or others.
   */
  findChange(): Promise<Change>;
  /** Brings every row back to how it was. */
  reset(): Promise<void>;
}

export type Change = 'none' | 'kept answers' | 'others';

const pooledNumber = '14155550111';
const tollfree = '18005550113';
const shortcode = '44444';
const looseNumber = '12125550101';
const heldNumber = '16135550101';
const numberForSale = '12025550150';
const handset = '12125550199';

/** An address without a listener, which fails at once. */
const deadUrl = 'http://127.0.0.1:9/';
const pausedUrl = 'https://example.com/paused';
const alphanumericName = 'Acme';
const dayMs = 24 * 3600 * 1000;

/** Starts an app and makes the world in it. Failed logins are not limited: fuzzing is full of them. */
export async function makeFuzzWorld(): Promise<FuzzWorld> {
  const app = await startTestApp({
    RUCKSACK_LOGIN_FAILURES: '1000000',
    RUCKSACK_PACING: 'unlimited',
    RUCKSACK_WEBHOOK_TIMEOUT_SECONDS: '1',
  });
  const must = async (method: string, path: string, body?: object, as?: TestAccount) => {
    const answer = await app.call(method, path, body, { as });
    if (answer.status >= 300) throw new Error(`${method} ${path} answered ${answer.status}: ${answer.text}`);
    return answer.body;
  };

  const { auth_id, auth_token } = await must('POST', 'Subaccount/', { name: 'sub', enabled: true });
  const subaccount = { authId: auth_id, authToken: auth_token };
  const replies = { app_name: 'xml', default_number_app: true, message_url: deadUrl };
  const xml = (await must('POST', 'Application/', replies)).app_id;
  const phlo = { app_name: 'phlo', application_type: 'PHLO', message_url: 'https://example.com/flow' };
  const flow = (await must('POST', 'Application/', phlo)).app_id;

  const powerpacks = await Promise.all([
    must('POST', 'Powerpack/', { name: 'live', application_type: 'XML', application_id: xml }),
    must('POST', 'Powerpack/', { name: 'protected', deletion_protection: true }),
    must('POST', 'Powerpack/', { name: 'deleted' }),
    must('POST', 'Powerpack/', { name: 'of the subaccount' }, subaccount),
  ]);
  const [live, , deleted] = powerpacks;
  const poolOf = (powerpack: { number_pool: string }): string => powerpack.number_pool.split('/')[5] ?? '';
  const pool = `NumberPool/${poolOf(live)}`;
  await must('POST', `${pool}/Number/${pooledNumber}/`, { rent: true });
  await must('POST', `${pool}/Tollfree/${tollfree}/`, { rent: true, service: 'mms' });
  await must('POST', `${pool}/Shortcode/${shortcode}/`);
  const brand = (await must('POST', '10dlc/Brand/', { brand_alias: 'Acme' })).brand_id;
  const { campaign_id } = await must('POST', '10dlc/Campaign/', { brand_id: brand, usecase: 'MIXED' });
  await must('POST', `10dlc/Campaign/${campaign_id}/Number/`, { numbers: [pooledNumber] });
  const name = await must('POST', 'AlphanumericSender/', { name: alphanumericName });
  await must('POST', `${pool}/AlphanumericSender/${alphanumericName}/`);
  await must('POST', 'Webhook/Url/Pause/', { url: pausedUrl });
  await must('POST', 'Number/', { numbers: looseNumber, carrier: 'c', region: 'r', subaccount: auth_id });
  await must('POST', `NumberPool/${poolOf(deleted)}/Number/${heldNumber}/`, { rent: true });
  await must('DELETE', `Powerpack/${deleted.uuid}/`, { unrent_numbers: true });

  const media = await app.call('POST', 'Media/', undefined, {
    headers: { 'content-type': multipartType },
    rawBody: multipartBody([filePart('a.txt', 'text/plain', 'hello')]),
  });
  const [{ media_id }] = media.body.objects;
  const send = (fields: object) => must('POST', 'Message/', { dst: handset, url: deadUrl, ...fields });
  const sent = await Promise.all([
    send({ powerpack_uuid: live.uuid, text: 'hello' }),
    send({ src: tollfree, type: 'mms', media_ids: [media_id] }),
    send({ src: tollfree, text: 'later', send_at: new Date(app.time.now.getTime() + dayMs).toISOString() }),
  ]);
  await must('POST', `Simulator/Handset/${handset}/Message/`, { dst: pooledNumber, text: 'stop' });
  // The messages are delivered, and their calls wait for a retry that never comes due.
  await app.advance(1000);
  const webhooks = (await must('GET', 'Webhook/')).objects;

  const { db } = app.app;
  const settled = async () => {
    app.app.simulator.rules.reset();
    await app.app.inFlight.idle();
  };
  const digest = await makeDigest(db);
  const untouched = await digest();
  const findChange = async (): Promise<Change> => {
    await settled();
    const present = await digest();
    if (present.others !== untouched.others) return 'others';
    return present.answers === untouched.answers ? 'none' : 'kept answers';
  };
  return {
    app,
    subaccount,
    words: [
      ...[app.account.authId, auth_id, xml, flow],
      ...powerpacks.flatMap((powerpack) => [powerpack.uuid, poolOf(powerpack), powerpack.name]),
      ...[pooledNumber, tollfree, shortcode, looseNumber, heldNumber, numberForSale, handset],
      ...sent.flatMap(({ message_uuid }) => message_uuid),
      ...webhooks.map(({ webhook_uuid }: { webhook_uuid: string }) => webhook_uuid),
      ...[media_id, `${handset}<${numberForSale}`],
      ...[brand, campaign_id, alphanumericName, name.uuid],
      ...['none', 'US', 'CA', 'GB', 'sms', deadUrl, pausedUrl, 'simulator'],
    ],
    usual: {
      src: [tollfree, pooledNumber],
      dst: [handset, numberForSale, looseNumber],
      text: ['hi', 'STOP'],
      type: ['sms', 'mms'],
      url: [deadUrl],
      media_urls: [deadUrl],
    },
    findChange,
    reset: await saveTables(db),
  };
}

interface Digest {
  readonly answers: string;
  readonly others: string;
}

/** Returns a function that digests every row of every existing table, in one query of a few milliseconds. */
async function makeDigest(db: Db): Promise<() => Promise<Digest>> {
  const tables = await db.query<{ name: string }>(
    `select quote_ident(tablename) as name from pg_tables
     where schemaname = current_schema() and tablename <> all($1) and tablename not in (select name from partitions)
     order by tablename`,
    [['idempotency_keys', ...goingOn]],
  );
  const digestOf = (name: string) =>
    `(select coalesce(string_agg(md5(t::text), '' order by md5(t::text)), '${name}') from ${name} t)`;
  const others = tables.map(({ name }) => digestOf(name)).join(', ');
  const sql = `select ${digestOf('idempotency_keys')} as answers, md5(concat(${others})) as others`;
  return async () => {
    const [row] = await db.query<Digest>(sql);
    if (row === undefined) throw new Error('The tables have no digest.');
    return row;
  };
}
