// Kills a server at work, again and again, and looks each time whether everything that it acknowledged is still there.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { basicAuth, type TestAccount } from '../support/app.ts';
import { makeDraw } from '../support/draw.ts';
import { type RunningServer, startProcess } from '../support/process.ts';
import { makeSurvivor, type Survivor, type Tally } from './model-client.ts';
import { makeServerHome } from './server-home.ts';

export interface SurvivalOptions {
  readonly kills: number;
  readonly seed: number;
}

export interface SurvivalReport extends Tally {
  readonly kills: number;
  /** How often the server's connections to PostgreSQL were ended under it. */
  readonly disconnections: number;
}

const clients = 6;
const numbersPerClient = 10;
/** A kill comes after so many acknowledged changes of all clients, and then at any moment of the next ones. */
const changesBefore = { least: 10, spread: 40 };
const spreadMs = 12;

/**
 * Runs a server with several clients at once, kills it at a moment that `seed` chooses, starts it again and checks what
 * every client expects; so many times. On PostgreSQL its connections are ended under it, too. Throws at the first thing
 * that is wrong.
 */
export async function runSurvival({ kills, seed }: SurvivalOptions): Promise<SurvivalReport> {
  const home = await makeServerHome();
  const draw = makeDraw(seed);
  const tally: Tally = { requests: 0, acknowledgedChanges: 0, checkedObjects: 0 };
  const acknowledgements = makeCounter();
  let disconnections = 0;
  let server = await startProcess(home.environment);
  try {
    const survivors: Survivor[] = [];
    for (let index = 0; index < clients; index++) {
      survivors.push(
        makeSurvivor({
          account: await makeSubaccount(server.url, home.account, index),
          numbers: numbersOf(index),
          draw: makeDraw(seed + index + 1),
          tally,
          onAcknowledged: acknowledgements.count,
        }),
      );
    }
    for (let kill = 0; kill < kills; kill++) {
      const { databaseUrl } = home;
      if (databaseUrl !== undefined) {
        await disturb(survivors, () => endConnections(databaseUrl));
        disconnections += 1;
      }
      await disturb(survivors, async () => {
        await killNow(server);
        server = await startProcess(home.environment);
      });
    }
    assert.equal((await server.stop()).code, 0);
    return { kills, disconnections, ...tally };
  } finally {
    if (server.child.exitCode === null && server.child.signalCode === null) await killNow(server);
    await home.remove();
  }

  /** Lets all clients work, does something to the server in the middle of it, and checks what is left. */
  async function disturb(survivors: readonly Survivor[], disturbance: () => Promise<void>): Promise<void> {
    const { url } = server;
    let hasBegun = false;
    let isOver = false;
    const working = Promise.all(survivors.map((survivor) => survivor.work(url, () => isOver)));
    const disturbing = (async () => {
      await acknowledgements.more(changesBefore.least + draw(changesBefore.spread));
      await pause(draw(spreadMs));
      hasBegun = true;
      await disturbance();
      isOver = true;
    })();
    // Clients that all end before anything happened would leave us waiting for ever.
    await Promise.race([disturbing, working.then(() => assert.ok(hasBegun, 'no client could go on'))]);
    await Promise.all([disturbing, working]);

    await Promise.all(survivors.map((survivor) => survivor.check(server.url)));
    const rented = survivors.reduce((sum, survivor) => sum + survivor.rentedCount(), 0);
    assert.equal(await countNumbers(server.url, home.account), rented);
  }
}

/** One line for a log. */
export function reportLine(report: SurvivalReport): string {
  const { kills, disconnections, requests, acknowledgedChanges, checkedObjects } = report;
  return `${kills} kills, ${disconnections} disconnections, ${requests} requests, ${acknowledgedChanges} acknowledged changes, ${checkedObjects} checked objects`;
}

/** Numbers for sale, of an area code of the client's own. */
function numbersOf(client: number): string[] {
  const areaCodes = ['202', '212', '305', '312', '415', '617'];
  return Array.from({ length: numbersPerClient }, (_, index) => `1${areaCodes[client]}55501${10 + index}`);
}

async function makeSubaccount(url: string, account: TestAccount, client: number): Promise<TestAccount> {
  const made = await callAs(url, account, 'POST', 'Subaccount/', { name: `client ${client}`, enabled: true });
  return { authId: made.auth_id, authToken: made.auth_token };
}

async function countNumbers(url: string, account: TestAccount): Promise<number> {
  const { meta } = await callAs(url, account, 'GET', 'Number/?limit=1');
  return meta.total_count;
}

async function callAs(url: string, account: TestAccount, method: string, path: string, body?: object) {
  const response = await fetch(`${url}/v1/Account/${account.authId}/${path}`, {
    method,
    headers: { authorization: basicAuth(account), 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  assert.ok(response.ok, `${method} ${path} answered ${response.status}`);
  return JSON.parse(await response.text());
}

async function killNow({ child }: RunningServer): Promise<void> {
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

/** Ends every connection to a database, as a fail-over or a careful administrator does. */
async function endConnections(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );
  await client.end();
}

/** Counts, and tells when so many more were counted. */
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
