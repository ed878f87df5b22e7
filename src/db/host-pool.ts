// Connections to whichever of several servers takes writes: when it goes, the next one that does is found.
import pg from 'pg';
import type { DatabaseHosts } from '../base/database-url.ts';

/** How long one host may take to connect, where there are others to try. */
const patienceMs = 2000;

type Connected = Parameters<pg.Pool['connect']>[0];
type Callback = (error: Error | null) => void;

/**
 * A pool whose new connections go to one host as long as that works. When it cannot be reached, or takes no writes where it must, they go to
 * the next host; connecting fails once each host has been tried. Connections that are lost or read-only are replaced in the same way.
 */
export class HostPool extends pg.Pool {
  readonly #hosts: HostChoice;

  constructor(hosts: DatabaseHosts, { onConnect, ...config }: pg.PoolConfig) {
    const choice = new HostChoice(hosts.urls);
    super({
      ...config,
      Client: clientsOf(choice) as NonNullable<pg.PoolConfig['Client']>,
      async onConnect(client) {
        await onConnect?.(client);
        if (hosts.mustWrite) await requireWrites(client as ConnectedClient, choice);
      },
    });
    this.#hosts = choice;
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
        return await super.connect();
      } catch (error) {
        // Waiting for a free connection fails too, and says nothing about the host.
        if (left === 1 || this.#hosts.current === asked) throw error;
      }
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

/** Throws, and gives the host up, where a connection takes no writes: it leads to a standby, or to a server that was set so. */
async function requireWrites(client: ConnectedClient, hosts: HostChoice): Promise<void> {
  const { rows } = await client.query<{ transaction_read_only: string }>('show transaction_read_only');
  if (rows.every((row) => row.transaction_read_only === 'off')) return;
  hosts.giveUp(client.url);
  throw new Error(`${new URL(client.url).host} takes no writes`);
}
