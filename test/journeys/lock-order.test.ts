// The order in which transactions lock what they share: each is stopped at every lock, and seen to hold nothing that comes later.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { uuidv7 } from '../../src/base/id.ts';
import type { Db } from '../../src/db/db.ts';
import { makeRecordResult } from '../../src/messages/dispatch/record-results.ts';
import { receiveMessage } from '../../src/messages/inbound/receive-message.ts';
import { loadJobs } from '../../src/messages/outbox/outbox-store.ts';
import { applyReports } from '../../src/messages/report/apply-delivery-report.ts';
import { takeLateAnswer } from '../../src/messages/report/settle-taken.ts';
import { Routing } from '../../src/routing/routing.ts';
import { acceptParts } from '../support/accepting.ts';
import {
  openTestPlace,
  repeatableBytes,
  startTestApp,
  type TestApp,
  type TestPlace,
  testStart,
} from '../support/app.ts';
import { serverUrl } from '../support/database.ts';
import { makePowerpack, sendOne } from '../support/messaging.ts';

const needsServer = serverUrl === undefined && 'the embedded database has a single connection';

const [first, second, third, fourth] = ['12015550100', '12015550101', '12015550102', '12015550103'];
const [person, stopped] = ['12125552001', '12125552002'];

const poolOf = (name: string) => `(select pool_uuid from powerpacks where name = '${name}')`;

/**
 * Rows that transactions share, in the one order in which they are locked: how a change locks a row of each. The key shares of
 * foreign keys do not conflict with a change of the account or the application that they refer to. Only a deletion excludes
 * them, and it locks the referring rows before the row itself.
 */
const shared = {
  account: 'select 1 from accounts where main_id is null for no key update',
  powerpack: `select 1 from powerpacks where name = 'live' for update`,
  'deleted powerpack': `select 1 from powerpacks where name = 'deleted' for update`,
  'powerpack of a subaccount': `select 1 from powerpacks where name = 'part' for update`,
  number: `select 1 from numbers where number = '${first}' for update`,
  'number of a subaccount': `select 1 from numbers where number = '${third}' for update`,
  subaccount: 'select 1 from accounts where main_id is not null for no key update',
  application: 'select 1 from applications for no key update',
  member: `select 1 from pool_members where sender = '${first}' for update`,
  version: `select 1 from pool_versions where pool_uuid = ${poolOf('live')} for update`,
  'opt-out': `select 1 from opt_outs where destination = '${stopped}' for update`,
  mapping: `select 1 from sticky_senders where destination = '${person}' for update`,
  message: `select 1 from messages where destination = '${person}' for update`,
  queue: `select 1 from sender_queues where queue = '${first}' for update`,
} as const;
type Shared = keyof typeof shared;
const order = Object.keys(shared) as Shared[];

let place: TestPlace;
let app: TestApp;
/** Does what it is asked and takes it back, so that each test finds the same rows. */
let undoing: TestApp;
let world: { uuid: string; pool: string; other: string; deleted: string; appId: string; subaccount: string };

before(async () => {
  if (serverUrl === undefined) return;
  place = await openTestPlace();
  const api = { RUCKSACK_ROLES: 'api', DATABASE_URL: serverUrl };
  app = await startTestApp(api, place);
  undoing = await startTestApp(api, { ...place, db: undo(place.db) });
  world = await makeWorld();
});
after(async () => {
  if (serverUrl === undefined) return;
  await undoing.stop();
  await app.stop();
  await place.db.close();
});

/** Returns a database whose transactions are all rolled back at their end. */
function undo(db: Db): Db {
  const transaction: Db['transaction'] = (work, options) =>
    db.transaction(async (tx) => {
      await work(tx);
      throw new Error('taken back');
    }, options);
  return { ...db, transaction };
}

async function makeWorld(): Promise<typeof world> {
  const made = async (path: string, body: object) => {
    const { status, body: answer, text } = await app.call('POST', path, body);
    assert.ok(status < 300, text);
    return answer;
  };
  const { app_id: appId } = await made('Application/', { app_name: 'replies', default_number_app: true });
  const live = await makePowerpack(app, 'live', [first], {
    settings: { application_type: 'xml', application_id: appId },
  });
  const { pool: other } = await makePowerpack(app, 'other', []);
  const deleted = await makePowerpack(app, 'deleted', [second]);
  await app.call('DELETE', `Powerpack/${deleted.uuid}/`);
  await made(`Number/${first}/`, { app_id: appId });
  const { auth_id: subaccount, auth_token: authToken } = await made('Subaccount/', {
    name: 'part',
    enabled: true,
  });
  await makePowerpack(app, 'part', [third], { as: { authId: subaccount, authToken } });
  await sendOne(app, { powerpack_uuid: live.uuid, dst: person });
  await place.db.query(
    `insert into opt_outs (account_id, destination, queue, powerpack_uuid, scope, opted_out_at, confirmed)
     select auth_id, $1, $2, $3, 'powerpack', $4, false from accounts where main_id is null`,
    [stopped, first, live.uuid, testStart],
  );
  return { uuid: live.uuid, pool: live.pool, other, deleted: deleted.uuid, appId, subaccount };
}

/** Stops the work of a transaction at the row of `at`. Returns whether it came there, and what it held then. */
async function stopAt(at: Shared, work: () => Promise<unknown>): Promise<Shared[] | undefined> {
  const { db } = place;
  let stopped: Shared[] | undefined;
  let working: Promise<unknown> = Promise.resolve();
  await db.transaction(async (holder) => {
    await holder.query(shared[at]);
    let isOver = false;
    working = work().finally(() => {
      isOver = true;
    });
    working.catch(() => undefined);
    while (!isOver && stopped === undefined) {
      const waiting = await db.query(
        `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      if (waiting.length > 0) stopped = await heldBeside(at);
    }
  });
  await working.catch(() => undefined);
  return stopped;
}

async function heldBeside(at: Shared): Promise<Shared[]> {
  const held: Shared[] = [];
  for (const name of order.filter((other) => other !== at)) {
    const free = await place.db.query(`${shared[name]} skip locked`);
    if (free.length === 0) held.push(name);
  }
  return held;
}

/** Returns the parts for the work of the carriers' side, which is rolled back as well. */
function carrierParts() {
  const randomBytes = repeatableBytes(99);
  return {
    ...acceptParts(),
    db: undo(place.db),
    timers: place.clock,
    publicUrl: 'http://localhost',
    randomBytes,
    newId: () => uuidv7(testStart, randomBytes),
    routing: new Routing(true),
    noteForeign() {},
  };
}

const inbound = (sender: string, text: string) => ({
  carrier: 'simulator',
  name: text,
  sender,
  destination: first,
  service: 'sms' as const,
  text,
  mediaUrls: [],
});

async function jobOfPerson() {
  const { byQueue } = await loadJobs(place.db, [
    { queue: first, after: 0, most: 1, afterBulk: 0, mostBulk: 0 },
  ]);
  const [job] = byQueue.get(first) ?? [];
  assert.ok(job);
  return job;
}

/** Each transaction, and the rows of `shared` at which it stops. */
const transactions: { title: string; work: () => Promise<unknown>; stops: Shared[] }[] = [
  {
    title: 'sending through a pool',
    work: () => undoing.call('POST', 'Message/', { powerpack_uuid: world.uuid, dst: person, text: 'x' }),
    stops: ['version', 'mapping', 'queue'],
  },
  {
    title: 'sending to somebody who has opted out',
    work: () => undoing.call('POST', 'Message/', { powerpack_uuid: world.uuid, dst: stopped, text: 'x' }),
    stops: ['version', 'opt-out', 'queue'],
  },
  {
    title: 'receiving STOP',
    work: () => receiveMessage(carrierParts(), inbound(person, 'STOP')),
    stops: ['powerpack', 'version', 'mapping', 'queue'],
  },
  {
    title: 'receiving START',
    work: () => receiveMessage(carrierParts(), inbound(stopped, 'START')),
    stops: ['powerpack', 'version', 'opt-out', 'queue'],
  },
  {
    title: 'adding a number that is rented for it',
    work: () => undoing.call('POST', `NumberPool/${world.pool}/Number/${fourth}/`, { rent: true }),
    stops: ['powerpack', 'version'],
  },
  {
    title: 'changing a member',
    work: () => undoing.call('POST', `NumberPool/${world.pool}/Number/${first}/`),
    stops: ['powerpack', 'number', 'member', 'version'],
  },
  {
    title: 'adding many numbers',
    work: () => undoing.call('POST', `NumberPool/${world.pool}/Number/`, { numbers: first }),
    stops: ['powerpack', 'number', 'member', 'version'],
  },
  {
    title: 'removing a member',
    work: () => undoing.call('DELETE', `NumberPool/${world.pool}/Number/${first}/`),
    stops: ['powerpack', 'member', 'version', 'mapping'],
  },
  {
    title: 'removing a member and unrenting it',
    work: () => undoing.call('DELETE', `NumberPool/${world.pool}/Number/${first}/`, { unrent: true }),
    stops: ['powerpack', 'number', 'member', 'version', 'mapping', 'queue'],
  },
  {
    title: 'moving a member to another pool',
    work: () => undoing.call('POST', `NumberPool/${world.other}/Number/`, { numbers: first, move: true }),
    stops: ['number', 'member', 'version', 'mapping'],
  },
  {
    title: 'unrenting a number',
    work: () => undoing.call('DELETE', `Number/${first}/`),
    stops: ['number', 'member', 'version', 'mapping', 'queue'],
  },
  {
    title: 'changing a number',
    work: () => undoing.call('POST', `Number/${first}/`, { app_id: world.appId }),
    stops: ['number'],
  },
  {
    title: 'turning sticky senders off',
    work: () => undoing.call('POST', `Powerpack/${world.uuid}/`, { sticky_sender: false }),
    stops: ['powerpack', 'version', 'mapping'],
  },
  {
    title: 'widening what opt-outs count for',
    work: () => undoing.call('POST', `Powerpack/${world.uuid}/`, { opt_out_scope: 'account' }),
    stops: ['powerpack', 'version', 'opt-out'],
  },
  {
    title: 'an opt-out by hand',
    work: () =>
      undoing.call('POST', 'OptOut/', { destinations: [stopped], powerpack_uuid: world.uuid, number: first }),
    stops: ['powerpack', 'opt-out'],
  },
  {
    title: 'an opt-out by hand is removed',
    work: () => undoing.call('DELETE', `OptOut/${stopped}/`, { reason: 'asked' }),
    stops: ['opt-out'],
  },
  {
    title: 'pinning a sticky sender',
    work: () => undoing.call('POST', `Powerpack/${world.uuid}/Sticky/${person}/`, { number: first }),
    stops: ['powerpack', 'version', 'mapping'],
  },
  {
    title: 'deleting a powerpack with its numbers',
    work: () => undoing.call('DELETE', `Powerpack/${world.uuid}/`, { unrent_numbers: true }),
    stops: ['powerpack', 'number', 'member', 'version', 'queue'],
  },
  {
    title: 'restoring a powerpack',
    work: () => undoing.call('POST', `Powerpack/${world.deleted}/Restore/`),
    stops: ['deleted powerpack'],
  },
  {
    title: 'deleting an application',
    work: () => undoing.call('DELETE', `Application/${world.appId}/`),
    stops: ['powerpack', 'number', 'application', 'version'],
  },
  {
    title: 'making another application the default',
    work: () => undoing.call('POST', `Application/${world.appId}/`, { default_number_app: true }),
    stops: ['account', 'application'],
  },
  {
    title: 'deleting a subaccount',
    work: () => undoing.call('DELETE', `Subaccount/${world.subaccount}/`, { cascade: true }),
    stops: ['powerpack of a subaccount', 'number of a subaccount', 'subaccount'],
  },
  {
    title: 'noting what a carrier has taken',
    work: async () => {
      const job = await jobOfPerson();
      const outcome = {
        kind: 'sent',
        at: testStart,
        taken: { carrier: 'simulator', parts: [{ part: 1, name: 'taken' }], totalParts: 1 },
        pacedUntil: testStart,
      } as const;
      await makeRecordResult(carrierParts())({ job, outcome });
    },
    stops: ['message', 'queue'],
  },
  {
    title: 'taking an answer that comes late',
    work: async () => {
      const { messageId: reference } = await jobOfPerson();
      await place.db.query("update outbox set attempts = 1, submitting_at = now(), carrier = 'simulator'");
      const taken = { parts: [{ part: 1, name: 'late' }], totalParts: 1 };
      await takeLateAnswer(carrierParts(), { carrier: 'simulator', reference, attempt: 1, ...taken });
    },
    stops: ['message', 'queue'],
  },
];

describe('locks are taken in one order', { skip: needsServer }, () => {
  for (const { title, work, stops } of transactions) {
    test(title, async () => {
      const seen: Shared[] = [];
      for (const [place, at] of order.entries()) {
        const held = await stopAt(at, work);
        if (held === undefined) continue;
        seen.push(at);
        const tooEarly = held.filter((name) => order.indexOf(name) > place);
        assert.deepEqual(tooEarly, [], `held when ${at} is waited for`);
      }
      assert.deepEqual(seen, stops);
    });
  }
});

describe('a report of a message whose end is just being recorded', { skip: needsServer }, () => {
  for (const held of ['message', 'job'] as const) {
    test(`is kept, and does not wait for the ${held}`, async () => {
      const { messageId: reference } = await jobOfPerson();
      await place.db.query("update outbox set attempts = 1, submitting_at = now(), carrier = 'simulator'");
      const report = {
        carrier: 'simulator',
        names: [],
        reference,
        destination: undefined,
        covers: 'message',
        outcome: 'delivered',
        errorCode: undefined,
        detail: undefined,
        at: testStart,
      } as const;
      const keptOf = async () => {
        let kept: readonly object[] = [];
        const { db } = carrierParts();
        await db
          .transaction(async (tx) => {
            kept = (await applyReports(tx, [report], testStart, carrierParts())).unmatched;
          })
          .catch(() => undefined);
        return kept;
      };
      await place.db.transaction(async (recorder) => {
        await recorder.query(held === 'message' ? shared.message : 'select 1 from outbox for update');
        assert.deepEqual(await keptOf(), [report]);
      });
      assert.deepEqual(await keptOf(), []);
    });
  }
});
