// Crash scenario "changes": a server is killed again and again while clients change powerpacks and numbers; each time every
// acknowledged change must be there.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { basicAuth, type TestAccount } from '../../support/app.ts';
import { makeDraw } from '../../support/draw.ts';
import { type Harness, makeHarness, type Topology } from './harness.ts';
import { type ModelClient, makeModelClient, type Tally } from './model-client.ts';

export interface ChangeCrashOptions {
  readonly topology: Topology;
  readonly kills: number;
  readonly seed: number;
}

export interface ChangeCrashReport extends Tally {
  readonly topology: Topology;
  readonly kills: number;
  /** How often the server's connections to PostgreSQL were ended. */
  readonly disconnections: number;
}

const clientCount = 6;
const numbersPerClient = 10;
/** Acknowledged changes of all clients before each crash; it follows within `spreadMs`. */
const changesBefore = { least: 10, spread: 40 };
const spreadMs = 12;

/**
 * Runs clients and crashes at random moments, chosen by `seed`: kills, and on PostgreSQL ended connections as well. After each crash
 * all clients compare the server's state with their model. Throws at the first difference.
 */
export async function runChangeCrashes(options: ChangeCrashOptions): Promise<ChangeCrashReport> {
  const { topology, kills, seed } = options;
  const draw = makeDraw(seed);
  const tally: Tally = { requests: 0, acknowledgedChanges: 0, checkedObjects: 0 };
  const acknowledgements = makeCounter();
  let disconnections = 0;
  const harness = await makeHarness({ topology, draw });
  try {
    const clients: ModelClient[] = [];
    for (let index = 0; index < clientCount; index++) {
      clients.push(
        makeModelClient({
          account: await makeSubaccount(harness, index),
          numbers: numbersOf(index),
          draw: makeDraw(seed + index + 1),
          tally,
          onAcknowledged: acknowledgements.count,
        }),
      );
    }
    for (let kill = 0; kill < kills; kill++) {
      await crash(clients, async () => {
        if (await harness.endConnections()) disconnections += 1;
      });
      await crash(clients, async () => void (await harness.kill()));
    }
    assert.ok((await harness.stop()).every((code) => code === 0));
    assert.deepEqual(harness.listUnexpectedEnds(), []);
    return { topology, kills, disconnections, ...tally };
  } finally {
    await harness.remove();
  }

  /** Runs all clients, and `disturb` meanwhile; compares the state afterwards. */
  async function crash(clients: readonly ModelClient[], disturb: () => Promise<void>): Promise<void> {
    const url = urlOf(harness);
    let hasBegun = false;
    let isOver = false;
    const working = Promise.all(clients.map((client) => client.work(url, () => isOver)));
    const disturbing = (async () => {
      await acknowledgements.more(changesBefore.least + draw(changesBefore.spread));
      await pause(draw(spreadMs));
      hasBegun = true;
      await disturb();
      isOver = true;
    })();
    // If all clients end before the crash, the counter would never be reached.
    await Promise.race([disturbing, working.then(() => assert.ok(hasBegun, 'no client could go on'))]);
    await Promise.all([disturbing, working]);

    await Promise.all(clients.map((client) => client.check(urlOf(harness))));
    const rented = clients.reduce((sum, client) => sum + client.rentedCount(), 0);
    assert.equal(await countNumbers(harness), rented);
  }
}

/** Returns one line for a log. */
export function changeReport(report: ChangeCrashReport): string {
  const { topology, kills, disconnections, requests, acknowledgedChanges, checkedObjects } = report;
  return `${topology}: ${kills} kills, ${disconnections} disconnections, ${requests} requests, ${acknowledgedChanges} acknowledged changes, ${checkedObjects} checked objects`;
}

/** Returns numbers for sale, of an area code for this client alone. */
function numbersOf(client: number): string[] {
  const areaCodes = ['202', '212', '305', '312', '415', '617'];
  return Array.from({ length: numbersPerClient }, (_, index) => `1${areaCodes[client]}55501${10 + index}`);
}

const urlOf = (harness: Harness): string => harness.urls()[0] ?? assert.fail('no process has the API');

async function makeSubaccount(harness: Harness, client: number): Promise<TestAccount> {
  const made = await call(harness, 'POST', 'Subaccount/', { name: `client ${client}`, enabled: true });
  return { authId: made.auth_id, authToken: made.auth_token };
}

async function countNumbers(harness: Harness): Promise<number> {
  const { meta } = await call(harness, 'GET', 'Number/?limit=1');
  return meta.total_count;
}

async function call(harness: Harness, method: string, path: string, body?: object) {
  const { account } = harness;
  const response = await fetch(`${urlOf(harness)}/v1/Account/${account.authId}/${path}`, {
    method,
    headers: { authorization: basicAuth(account), 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  assert.ok(response.ok, `${method} ${path} answered ${response.status}`);
  return JSON.parse(await response.text());
}

/** Makes a counter; `more` resolves once so many more were counted. */
function makeCounter(): { count: () => void; more: (number: number) => Promise<void> } {
  let left = 0;
  let resolve: (() => void) | undefined;
  return {
    count() {
      left -= 1;
      if (left === 0) resolve?.();
    },
    more(number) {
      left = number;
      return new Promise((reached) => {
        resolve = reached;
      });
    },
  };
}
