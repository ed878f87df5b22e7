// Two processes with the API behind HAProxy and two that dispatch, each on a host of its own.
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { packageRoot } from '../../../src/base/package-root.ts';
import {
  processEnvironment,
  type RunningServer,
  rucksackCommand,
  startProcess,
} from '../../support/process.ts';
import { until } from '../../support/until.ts';
import { settingsOf } from '../crash/harness.ts';
import type { CrashSmsc } from '../crash/smsc.ts';
import type { Host, HostProgram, Network } from './network.ts';

/** The configuration that the manual gives to HAProxy. */
const haproxyFile = join(packageRoot, 'deploy', 'several-hosts', 'haproxy.cfg');
const port = 8080;
const dispatchers = 2;
const readyLimitMs = 60_000;
const restartMs = 1000;

export interface FleetParts {
  readonly network: Network;
  readonly databaseUrl: string;
  readonly smsc: CrashSmsc;
  /** For the data directories, and the files of carriers. */
  readonly folder: string;
}

/** A process of ours, on its host. */
export class FleetProcess {
  readonly host: Host;
  readonly #environment: Readonly<Record<string, string>>;
  #server: RunningServer | undefined;
  /** The last words of processes that ended without being told to. */
  readonly unexpectedEnds: string[] = [];

  constructor(host: Host, environment: Readonly<Record<string, string>>) {
    this.host = host;
    this.#environment = environment;
  }

  get url(): string {
    return `http://${this.host.address}:${port}`;
  }

  /** Starts it; again, as a supervisor does, while the database cannot be used. */
  async start(): Promise<void> {
    const command = this.host.command([...rucksackCommand, 'start']);
    const endMs = Date.now() + readyLimitMs;
    let server: RunningServer | undefined;
    while (server === undefined)
      server = await startProcess(this.#environment, command).catch(async (error: unknown) => {
        if (Date.now() > endMs) throw error;
        await pause(restartMs);
        return undefined;
      });
    this.#server = server;
    server.ended.then(({ code, stderr }) => {
      if (this.#server === server)
        this.unexpectedEnds.push(`${this.host.name} ended with ${code}: ${stderr.slice(-2000)}`);
    });
  }

  /** Stops it by SIGTERM; returns its exit code. */
  async stop(): Promise<number | null> {
    const server = this.#server;
    this.#server = undefined;
    return server === undefined ? null : (await server.stop()).code;
  }

  /** Waits until it answers that it is ready. */
  async ready(): Promise<void> {
    await until(() => isReady(this.url), readyLimitMs);
  }
}

export class Fleet {
  readonly apis: readonly FleetProcess[];
  readonly dispatchers: readonly FleetProcess[];
  /** Where clients send their requests. */
  readonly url: string;
  readonly #proxy: HostProgram;

  private constructor(
    apis: readonly FleetProcess[],
    all: readonly FleetProcess[],
    url: string,
    proxy: HostProgram,
  ) {
    this.apis = apis;
    this.dispatchers = all;
    this.url = url;
    this.#proxy = proxy;
  }

  /** Starts all processes one after the other, and HAProxy, and waits until it lets requests through. */
  static async start({ network, databaseUrl, smsc, folder }: FleetParts): Promise<Fleet> {
    const [proxyHost] = await network.addHosts('proxy');
    if (proxyHost === undefined) throw new Error('there is no host for the proxy');
    const makeProcess = async (host: Host, roles: string) => {
      const environment = processEnvironment(join(folder, host.name), {
        ...settingsOf(roles),
        ...(await smsc.writeCarriers(folder, host.name, dispatchers)),
        RUCKSACK_HOST: host.address,
        RUCKSACK_PORT: String(port),
        RUCKSACK_TRUSTED_PROXIES: proxyHost.address,
        ...(roles === 'api' ? { RUCKSACK_DRAIN_SECONDS: '5' } : {}),
        RUCKSACK_WEBHOOK_NETWORKS: network.networks,
        DATABASE_URL: databaseUrl,
        DATABASE_READ_URL: databaseUrl,
      });
      const made = new FleetProcess(host, environment);
      await made.start();
      return made;
    };
    const makeAll = async (hosts: readonly Host[], roles: string) => {
      const made: FleetProcess[] = [];
      for (const host of hosts) made.push(await makeProcess(host, roles));
      return made;
    };
    const apis = await makeAll(await network.addHosts('api1', 'api2'), 'api');
    const all = await makeAll(await network.addHosts('dispatcher1', 'dispatcher2'), 'dispatcher');
    const [API1 = '', API2 = ''] = apis.map(({ host }) => `${host.address}:${port}`);
    const proxy = proxyHost.start(['haproxy', '-db', '-f', haproxyFile], { env: { API1, API2 } });
    const url = `http://${proxyHost.address}:8080`;
    const fleet = new Fleet(apis, all, url, proxy);
    await until(async () => (await fleet.isReady()) || proxy.hasEnded);
    if (proxy.hasEnded) throw new Error(`HAProxy did not start: ${proxy.output}`);
    return fleet;
  }

  get processes(): readonly FleetProcess[] {
    return [...this.apis, ...this.dispatchers];
  }

  /** Waits until every process, and one of them through HAProxy, answers that it is ready. */
  async ready(): Promise<void> {
    for (const one of this.processes) await one.ready();
    await until(() => this.isReady());
  }

  isReady(): Promise<boolean> {
    return isReady(this.url);
  }

  /** Returns how many reads the standby has answered since the processes were started. */
  async readsFromStandby(): Promise<number> {
    const texts = await Promise.all(this.apis.map(async ({ url }) => (await fetch(`${url}/metrics`)).text()));
    const found = texts.map(
      (text) => /^rucksack_lagging_reads_total\{server="standby"\} (\d+)/m.exec(text)?.[1],
    );
    return found.reduce((sum, count) => sum + Number(count ?? 0), 0);
  }

  /** Stops everything; returns the exit codes of the processes. */
  async stop(): Promise<readonly (number | null)[]> {
    const codes = await Promise.all(this.processes.map((one) => one.stop()));
    await this.#proxy.stop();
    return codes;
  }
}

const readyAnswerMs = 1000;

async function isReady(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(readyAnswerMs) }).catch(
    () => undefined,
  );
  await answer?.body?.cancel();
  return answer?.ok === true;
}
