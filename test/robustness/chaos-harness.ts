// Where the storm happens: processes and databases in three topologies, and what of them can be killed.
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestAccount } from '../support/app.ts';
import { createServerDatabase, serverUrl } from '../support/database.ts';
import type { Draw } from '../support/draw.ts';
import {
  type Environment,
  makeTemporaryDirectory,
  processEnvironment,
  type RunningServer,
  startProcess,
} from '../support/process.ts';
import type { Death, Submitted } from './chaos-claims.ts';
import { makeCluster } from './chaos-cluster.ts';

/** `embedded` is one process; `processes` are four on a PostgreSQL, of which each dies; with `database` PostgreSQL itself dies. */
export const topologies = ['embedded', 'processes', 'database'] as const;
export type Topology = (typeof topologies)[number];

/** What each process is there for. */
const rolesByProcess: Readonly<Record<Topology, Readonly<Record<string, string>>>> = {
  embedded: { only: 'api,dispatcher' },
  processes: { api: 'api', first: 'dispatcher', second: 'dispatcher', both: 'api,dispatcher' },
  database: { api: 'api', dispatcher: 'dispatcher' },
};

/** Every number sends so many segments a second. */
export const ratePerSecond = 20;

/** A carrier that does everything a carrier may do wrong. */
const rules = [
  { share: 0.01, submit: 'throttled' },
  { share: 0.01, submit: 'carrier_fault' },
  { share: 0.003, submit: 'disconnected', outage_ms: 300 },
  { share: 0.01, submit: 'unanswered', report: 'delivered', delay_ms: [0, 500] },
  { share: 0.03, submit: 'invalid_destination' },
  { share: 0.05, report: 'undelivered', error_code: 40, delay_ms: [0, 1000] },
  { share: 0.05, report: 'delivered', delay_ms: [2000, 6000], duplicates: 1 },
  { share: 0.1, report: 'delivered', overtake: true, duplicates: 2 },
  { share: 0.02, report: 'lost' },
];

export interface StageParts {
  readonly topology: Topology;
  readonly draw: Draw;
  /** How the server is started, if not as it was built. */
  readonly command: readonly string[] | undefined;
}

export interface Stage {
  readonly account: TestAccount;
  /** The addresses of the processes that answer the API, while they live. */
  urls(): readonly string[];
  /** Kills something with SIGKILL, and starts it again. */
  kill(): Promise<void>;
  readonly deaths: readonly Death[];
  /** What all carriers noted. */
  readSubmissions(): Promise<readonly Submitted[]>;
  /** What processes said before they ended although nobody had killed them. */
  listSuicides(): readonly string[];
  remove(): Promise<void>;
}

interface Slot {
  readonly name: string;
  readonly environment: Environment;
  readonly logPath: string;
  server: RunningServer | undefined;
}

/** Starts the processes of a topology, and for `database` the PostgreSQL below them; `remove` ends all of it. */
export async function makeStage({ topology, draw, command }: StageParts): Promise<Stage> {
  const account = { authId: 'MASURVIVORSSURVIVORS', authToken: 'a-token-that-is-long-enough' };
  const directory = await makeTemporaryDirectory();
  const cluster = topology === 'database' ? await makeCluster() : undefined;
  const database = await makeDatabase(topology, cluster?.url);
  const rulesPath = join(directory.path, 'rules.json');
  await writeFile(rulesPath, JSON.stringify(rules));
  const slots = Object.entries(rolesByProcess[topology]).map(([name, roles]): Slot => {
    const logPath = join(directory.path, `${name}.log`);
    const environment = processEnvironment(join(directory.path, 'data'), {
      RUCKSACK_AUTH_ID: account.authId,
      RUCKSACK_AUTH_TOKEN: account.authToken,
      RUCKSACK_SECRET_KEY: '07'.repeat(32),
      RUCKSACK_ROLES: roles,
      RUCKSACK_RATES: `us-longcode=${ratePerSecond}/${ratePerSecond}`,
      RUCKSACK_DAILY_SEGMENTS: 'longcode=0',
      RUCKSACK_HEALTH_DELIVERED: '0',
      RUCKSACK_SIMULATOR_RULES: rulesPath,
      RUCKSACK_SIMULATOR_LOG: logPath,
      ...(database === undefined ? {} : { DATABASE_URL: database.url }),
    });
    return { name, environment, logPath, server: undefined };
  });
  const deaths: Death[] = [];
  const suicides: string[] = [];
  for (const slot of slots) await start(slot);

  return {
    account,
    deaths,
    urls: () =>
      slots.flatMap(({ server, environment }) =>
        environment.RUCKSACK_ROLES?.includes('api') && server ? [server.url] : [],
      ),
    kill: () => (cluster === undefined ? killProcess(slots[draw(slots.length)]) : killDatabase()),
    readSubmissions: async () => (await Promise.all(slots.map(readLog))).flat(),
    listSuicides: () => suicides,
    async remove() {
      for (const slot of slots) await stop(slot);
      await database?.drop().catch(() => undefined);
      await cluster?.remove();
      await directory.remove();
    },
  };

  async function start(slot: Slot): Promise<void> {
    const server = await startProcess(slot.environment, command);
    slot.server = server;
    server.ended.then(({ code, stderr }) => {
      if (slot.server === server) suicides.push(`${slot.name} ended with ${code}: ${stderr.slice(-2000)}`);
    });
  }

  async function killProcess(slot: Slot | undefined): Promise<void> {
    if (slot === undefined) return;
    const fromMs = Date.now();
    await killNow(slot);
    deaths.push({ process: slot.name, fromMs, untilMs: Date.now() });
    await start(slot);
  }

  async function killDatabase(): Promise<void> {
    const fromMs = Date.now();
    if (draw(2) === 0) {
      await cluster?.crash();
      await cluster?.start();
    } else {
      await cluster?.crashConnection();
    }
    deaths.push({ process: undefined, fromMs, untilMs: Date.now() + recoveryMs });
  }
}

/** Until when after a crash of the database connections may still be found broken. */
const recoveryMs = 2000;

async function makeDatabase(
  topology: Topology,
  clusterUrl: string | undefined,
): Promise<{ url: string; drop: () => Promise<void> } | undefined> {
  if (topology === 'embedded') return undefined;
  const server = clusterUrl ?? serverUrl;
  if (server === undefined) throw new Error('DATABASE_URL must name a PostgreSQL');
  return createServerDatabase(server);
}

async function killNow(slot: Slot): Promise<void> {
  const { server } = slot;
  slot.server = undefined;
  if (server === undefined || server.child.exitCode !== null || server.child.signalCode !== null) return;
  const exited = once(server.child, 'exit');
  server.child.kill('SIGKILL');
  await exited;
}

const stop = killNow;

async function readLog({ name, logPath }: Slot): Promise<Submitted[]> {
  const text = await readFile(logPath, 'utf8');
  return text
    .split('\n')
    .filter((line) => line.includes('"kind":"submission"'))
    .map((line) => ({ process: name, ...JSON.parse(line) }));
}
