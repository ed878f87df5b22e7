// Connections to whichever of several servers is wanted: when it goes, the next one is found.
import pg from 'pg';
import type { DatabaseHosts, Wanted } from '../base/database-url.ts';
import { InFlightTracker } from '../base/in-flight.ts';
import type { Timers } from '../base/timers.ts';
import { startWorker, type Worker } from '../base/worker.ts';
import { HostProbe } from './host-probe.ts';

/** How long one host may take to connect, or to answer a probe, where there are others to try. */
const patienceMs = 2000;
const probeEveryMs = 1000;

type Connected = Parameters<pg.Pool['connect']>[0];
type Callback = (error: Error | null) => void;

/** The connections of a pool, and what their hosts are asked. */
interface HostPoolConfig extends pg.PoolConfig {
  /** Timers of the real time, with which hosts are probed, and closing does not wait for ever. */
  readonly timers?: Timers | undefined;
}

/**
 * A pool whose new connections go to one host as long as that works. When it cannot be reached, or is not the wanted kind, they go to
 * the next host; connecting fails once each host has been tried. Connections that are lost or read-only are replaced in the same way.
 * Standbys differ in how far they are behind: a connection to one that has been replaced is not used again.
 *
 * A host behind a cut cable ends no connection: queries would wait for their time limits. So of several hosts the one that takes writes is
 * probed every second; when it does not answer, or takes no writes any more, all connections to it are broken off, and their queries fail.
 */
export class HostPool extends pg.Pool {
  readonly #hosts: HostChoice;
  readonly #wanted: Wanted;
  readonly #connected = new Set<ConnectedClient>();
  readonly #timers: Timers | undefined;
  readonly #probing: Worker | undefined;

  constructor(hosts: DatabaseHosts, { onConnect, timers, ...config }: HostPoolConfig) {
    const choice = new HostChoice(hosts.urls);
    super({
      ...config,
      Client: clientsOf(choice) as NonNullable<pg.PoolConfig['Client']>,
      async onConnect(client) {
        await onConnect?.(client);
        await requireWanted(client as ConnectedClient, hosts.wanted, choice);
      },
    });
    this.#hosts = choice;
    this.#wanted = hosts.wanted;
    this.#timers = timers;
    this.on('connect', (client) => this.#connected.add(client as ConnectedClient));
    this.on('remove', (client) => this.#connected.delete(client as ConnectedClient));
    if (timers !== undefined && hosts.urls.length > 1 && hosts.wanted === 'writable')
      this.#probing = this.#startProbing(timers);
  }

  /** The URL of the host that new connections go to. */
  get host(): string {
    return this.#hosts.current;
  }

  /** Closes all connections; those whose host does not answer in time are broken off. */
  override async end(): Promise<void> {
    await this.#probing?.stop();
    const timers = this.#timers;
    const cutOff = timers && new Date(timers.now().getTime() + patienceMs);
    const cancel = cutOff && timers.at(cutOff, () => this.#breakOff(() => true));
    await super.end();
    cancel?.();
  }

  #breakOff(isMeant: (client: ConnectedClient) => boolean): void {
    for (const client of this.#connected) if (isMeant(client)) client.connection.stream.destroy();
  }

  #startProbing(timers: Timers): Worker {
    const probe = new HostProbe(patienceMs);
    const round = async () => {
      const { current } = this.#hosts;
      // Connecting finds out by itself.
      if (this.#connected.size === 0 || (await probe.mayTakeWrites(current))) return undefined;
      this.#hosts.giveUp(current);
      this.#breakOff(({ url }) => url === current);
      return undefined;
    };
    const inFlight = new InFlightTracker();
    const worker = startWorker({ timers, inFlight, round, lookEveryMs: probeEveryMs, onError: () => {} });
    return {
      ...worker,
      async stop() {
        await worker.stop();
        probe.close();
      },
    };
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(callback: Connected): void;
  override connect(callback?: Connected): Promise<pg.PoolClient> | undefined {
    const connected = this.#connectToAny();
    if (callback === undefined) return connected;
    connected.then(
      (client) => callback(undefined, client, (error) => client.release(error)),
      (error: Error) => callback(error, undefined, () => undefined),
    );
    return undefined;
  }

  async #connectToAny(): Promise<pg.PoolClient> {
    for (let left = this.#hosts.count; ; left--) {
      const asked = this.#hosts.current;
      try {
        return await this.#connectToCurrent();
      } catch (error) {
        // Waiting for a free connection fails too, and says nothing about the host.
        if (left === 1 || this.#hosts.current === asked) throw error;
      }
    }
  }

  /** Returns a free connection, or a new one. Closes those to a standby that has been replaced. */
  async #connectToCurrent(): Promise<pg.PoolClient> {
    for (;;) {
      const client = await super.connect();
      if (this.#wanted !== 'standby' || (client as ConnectedClient).url === this.#hosts.current)
        return client;
      client.release(true);
    }
  }
}

/** The host that new connections go to. */
class HostChoice {
  readonly #urls: readonly string[];
  #index = 0;

  constructor(urls: readonly string[]) {
    this.#urls = urls;
  }

  get count(): number {
    return this.#urls.length;
  }

  get current(): string {
    return this.#urls[this.#index] as string;
  }

  /** Replaces a host by the next one, unless another connection has done so already. */
  giveUp(url: string): void {
    if (url === this.current) this.#index = (this.#index + 1) % this.#urls.length;
  }
}

interface ConnectedClient extends pg.PoolClient {
  readonly url: string;
}

/** The question to a server by the kind that is wanted, its answer, and what is said of a server that answers otherwise. */
const kinds: Readonly<Record<Exclude<Wanted, 'any'>, { sql: string; answer: string; otherwise: string }>> = {
  writable: { sql: 'show transaction_read_only', answer: 'off', otherwise: 'takes no writes' },
  standby: { sql: 'select pg_is_in_recovery()::text', answer: 'true', otherwise: 'is no standby' },
};

/** Returns a class of connections, each to the host that is current when it is made. */
function clientsOf(hosts: HostChoice): typeof pg.Client {
  return class extends pg.Client {
    readonly url: string;

    constructor(config: pg.ClientConfig) {
      const url = hosts.current;
      const patience = hosts.count > 1 && { connectionTimeoutMillis: patienceMs };
      super({ ...config, ...patience, connectionString: url });
      this.url = url;
    }

    override connect(): Promise<pg.Client>;
    override connect(callback: Callback): void;
    override connect(callback?: Callback): Promise<pg.Client> | undefined {
      const connected = super.connect().catch((error: unknown) => {
        hosts.giveUp(this.url);
        throw error;
      });
      if (callback === undefined) return connected;
      connected.then(() => callback(null), callback);
      return undefined;
    }
  };
}

/** Throws, and gives the host up, where a connection leads to a server of another kind than is wanted. */
async function requireWanted(client: ConnectedClient, wanted: Wanted, hosts: HostChoice): Promise<void> {
  if (wanted === 'any') return;
  const { sql, answer, otherwise } = kinds[wanted];
  const { rows } = await client.query<Record<string, string>>(sql);
  if (rows.every((row) => Object.values(row)[0] === answer)) return;
  hosts.giveUp(client.url);
  throw new Error(`${new URL(client.url).host} ${otherwise}`);
}
