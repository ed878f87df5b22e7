// The harness of all crash tests: the processes and databases of a topology, and ways to kill them.
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import type { TestAccount } from '../../support/app.ts';
import { createServerDatabase, serverUrl } from '../../support/database.ts';
import type { Draw } from '../../support/draw.ts';
import {
  type Environment,
  makeTemporaryDirectory,
  processEnvironment,
  type RunningServer,
  startProcess,
} from '../../support/process.ts';
import { type Cluster, makeCluster, makeReplicatedCluster } from './cluster.ts';
import type { Death, Submitted } from './message-claims.ts';
import { CrashSmsc } from './smsc.ts';

/**
 * `embedded` is one process with the embedded database, `single` one on PostgreSQL; `processes` are four on a PostgreSQL, killed one at
 * a time; with `database` PostgreSQL itself is killed, with `failover` it is killed and its standby takes over.
 */
export const topologies = ['embedded', 'single', 'processes', 'database', 'failover'] as const;
export type Topology = (typeof topologies)[number];

/** Roles of each process. */
const rolesByProcess: Readonly<Record<Topology, Readonly<Record<string, string>>>> = {
  embedded: { only: 'api,dispatcher' },
  single: { only: 'api,dispatcher' },
  processes: { api: 'api', first: 'dispatcher', second: 'dispatcher', both: 'api,dispatcher' },
  database: { api: 'api', dispatcher: 'dispatcher' },
  failover: { api: 'api', dispatcher: 'dispatcher' },
};

/** Makes the PostgreSQL of a topology in which it is killed. */
const clusterMakers: Partial<Record<Topology, () => Promise<Cluster>>> = {
  database: makeCluster,
  failover: makeReplicatedCluster,
};

/** Messages go to the simulator in each process, or to one SMSC for all. */
export const crashCarriers = ['simulator', 'smpp'] as const;
export type CrashCarrier = (typeof crashCarriers)[number];

/** Segments that each number sends in a second. */
export const ratePerSecond = 20;

/** A carrier with every fault that a carrier may have. */
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

/** The main account of all processes. */
export const crashAccount: TestAccount = {
  authId: 'MACRASHESCRASHESCRAS',
  authToken: 'a-token-that-is-long-enough',
};

/** Returns the settings of a process that the claims about messages rest on. */
export function settingsOf(roles: string): Environment {
  return {
    RUCKSACK_AUTH_ID: crashAccount.authId,
    RUCKSACK_AUTH_TOKEN: crashAccount.authToken,
    RUCKSACK_SECRET_KEY: '07'.repeat(32),
    RUCKSACK_ROLES: roles,
    RUCKSACK_RATES: `us-longcode=${ratePerSecond}/${ratePerSecond}`,
    RUCKSACK_DAILY_SEGMENTS: 'longcode=0',
    RUCKSACK_HEALTH_DELIVERED: '0',
  };
}

export interface HarnessParts {
  readonly topology: Topology;
  /** The simulator unless it is said. */
  readonly carrier?: CrashCarrier | undefined;
  readonly draw: Draw;
  /** The command that starts the server; by default the built program. */
  readonly command?: readonly string[] | undefined;
}

export interface Harness {
  readonly account: TestAccount;
  /** Returns the URLs of the running processes with the API. */
  urls(): readonly string[];
  /** Resolves once the SMSC has taken messages since it was called; at once where there is none. */
  traffic(): Promise<void>;
  /** How many reports the SMSC has not been rid of. */
  undelivered(): number;
  /** How many segments of a number the SMSC may have read too late, and then at once. */
  lateSegments(): number;
  /**
   * Kills the database, or processes, with SIGKILL, and starts them again; one time in six all connections to the SMSC. Of several processes some die at the
   * same moment, `most` of them or fewer; one goes on while they start. Resolves with how many have died.
   */
  kill(most?: number): Promise<number>;
  /** Resolves once all processes run. */
  started(): Promise<void>;
  /** Ends all connections to PostgreSQL, as a fail-over does; returns false for the embedded database. */
  endConnections(): Promise<boolean>;
  readonly deaths: readonly Death[];
  /** Reads the submissions from the logs of the SMSC and all simulators. @param idOf returns the id of a message by its key. */
  readSubmissions(idOf: (key: string) => string | undefined): Promise<readonly Submitted[]>;
  /** Returns the last words of processes that ended without being killed. */
  listUnexpectedEnds(): readonly string[];
  /** Stops all processes with SIGTERM; returns their exit codes. */
  stop(): Promise<readonly (number | null)[]>;
  /** Kills all processes and removes their files and databases. */
  remove(): Promise<void>;
}

interface Process {
  readonly name: string;
  readonly environment: Environment;
  readonly logPath: string;
  server: RunningServer | undefined;
}

/** Starts the processes of a topology, and the PostgreSQL below them where it is to be killed. */
export async function makeHarness({ topology, carrier, draw, command }: HarnessParts): Promise<Harness> {
  const directory = await makeTemporaryDirectory();
  const cluster = await clusterMakers[topology]?.();
  const database = await makeDatabase(topology, cluster?.url);
  const rulesPath = join(directory.path, 'rules.json');
  await writeFile(rulesPath, JSON.stringify(rules));
  const smsc = carrier === 'smpp' ? await CrashSmsc.start(draw) : undefined;
  const processes: Process[] = [];
  const roles = Object.entries(rolesByProcess[topology]);
  const dispatchers = roles.filter(([, some]) => some.includes('dispatcher')).length;
  for (const [name, some] of roles) {
    const logPath = join(directory.path, `${name}.log`);
    const environment = processEnvironment(join(directory.path, 'data'), {
      ...settingsOf(some),
      RUCKSACK_SIMULATOR_RULES: rulesPath,
      RUCKSACK_SIMULATOR_LOG: logPath,
      ...(await smsc?.writeCarriers(directory.path, name, dispatchers)),
      ...(database === undefined
        ? {}
        : { DATABASE_URL: cluster?.urlForClients(database.url) ?? database.url }),
    });
    processes.push({ name, environment, logPath, server: undefined });
  }
  const deaths: Death[] = [];
  const unexpectedEnds: string[] = [];
  /** Of processes that were killed. */
  const starts = new Set<Promise<void>>();
  for (const one of processes) await start(one);

  return {
    account: crashAccount,
    deaths,
    urls: () =>
      processes.flatMap(({ server, environment }) =>
        environment.RUCKSACK_ROLES?.includes('api') && server ? [server.url] : [],
      ),
    async traffic() {
      await smsc?.more(1 + draw(trafficBefore));
    },
    undelivered: () => smsc?.undelivered ?? 0,
    lateSegments: () => smsc?.lateSegments(ratePerSecond) ?? 0,
    async kill(most) {
      if (smsc !== undefined && draw(6) === 0) dropConnections(smsc);
      else if (cluster === undefined) return killProcesses(most);
      else await killDatabase(cluster);
      return 1;
    },
    async started() {
      await Promise.all(starts);
    },
    readSubmissions: async (idOf) => [
      ...(smsc?.submissions(idOf) ?? []),
      ...(await Promise.all(processes.map(readLog))).flat(),
    ],
    listUnexpectedEnds: () => unexpectedEnds,
    async endConnections() {
      if (database === undefined) return false;
      await terminateConnections(database.url);
      return true;
    },
    stop: () =>
      Promise.all(
        processes.map(async (one) => {
          const { server } = one;
          one.server = undefined;
          return server === undefined ? null : (await server.stop()).code;
        }),
      ),
    async remove() {
      await Promise.allSettled(starts);
      await Promise.all(processes.map(killNow));
      smsc?.close();
      await database?.drop().catch(() => undefined);
      await cluster?.remove();
      await directory.remove();
    },
  };

  async function start(one: Process): Promise<void> {
    const server = await startSupervised(one);
    one.server = server;
    server.ended.then(({ code, stderr }) => {
      if (one.server === server)
        unexpectedEnds.push(`${one.name} ended with ${code}: ${stderr.slice(-2000)}`);
    });
  }

  /** Starts a process as a supervisor does: again, where the database has not answered in time, as on a busy machine. */
  function startSupervised({ environment }: Process): Promise<RunningServer> {
    return startProcess(environment, command).catch((error: Error) => {
      if (!/rucksack: The database .*cannot be used/.test(error.message)) throw error;
      return startProcess(environment, command);
    });
  }

  /** Ends some processes at once by SIGKILL; of several one goes on. */
  async function killProcesses(most = 1): Promise<number> {
    const isAlone = processes.length === 1;
    let running = processes.filter(({ server }) => server !== undefined);
    while (!isAlone && running.length < 2 && starts.size > 0) {
      await Promise.race(starts);
      running = processes.filter(({ server }) => server !== undefined);
    }
    const count = isAlone ? 1 : 1 + draw(Math.min(most, running.length - 1));
    const chosen = Array.from({ length: count }, () => running.splice(draw(running.length), 1)).flat();
    await Promise.all(chosen.map(killProcess));
    return chosen.length;
  }

  async function killProcess(one: Process): Promise<void> {
    const fromMs = Date.now();
    const mostInDoubt = smsc?.windowOf(one.name);
    await killNow(one);
    deaths.push({ process: one.name, fromMs, untilMs: Date.now(), mostInDoubt });
    const starting = start(one);
    starts.add(starting);
    const ended = starting.finally(() => starts.delete(starting));
    if (processes.length === 1) await ended;
    else ended.catch((error: unknown) => unexpectedEnds.push(`${one.name}: ${error}`));
  }

  function dropConnections(from: CrashSmsc): void {
    const fromMs = Date.now();
    const mostInDoubt = from.windowOf(undefined);
    from.dropConnections();
    deaths.push({ process: undefined, fromMs, untilMs: Date.now(), mostInDoubt });
  }

  async function killDatabase(killed: Cluster): Promise<void> {
    const fromMs = Date.now();
    await killed.kill(draw);
    deaths.push({ process: undefined, fromMs, untilMs: Date.now() + recoveryMs });
  }
}

/** Up to so many segments go to the SMSC before each kill. */
const trafficBefore = 20;

/** How long after a crash of the database broken connections may still be found, in milliseconds. */
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

/** Ends every connection to a database but its own. */
async function terminateConnections(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );
  await client.end();
}

async function killNow(one: Process): Promise<void> {
  const { server } = one;
  one.server = undefined;
  if (server === undefined || server.child.exitCode !== null || server.child.signalCode !== null) return;
  const exited = once(server.child, 'exit');
  server.child.kill('SIGKILL');
  await exited;
}

async function readLog({ name, logPath }: Process): Promise<Submitted[]> {
  const text = await readFile(logPath, 'utf8');
  return text
    .split('\n')
    .filter((line) => line.includes('"kind":"submission"'))
    .map((line) => ({ process: name, ...JSON.parse(line) }));
}
