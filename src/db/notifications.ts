// Wake-ups between the processes that share a PostgreSQL server. Each process has one connection for LISTEN and NOTIFY.
import { Socket } from 'node:net';
import pg from 'pg';
import { readDatabaseUrl } from '../base/database-url.ts';
import type { Timers } from '../base/timers.ts';
import { keepAliveAfterMs } from './postgres.ts';

const channel = 'rucksack';

/** The shortest time between two wake-ups on one topic. */
const quietMs = 20;

/** How long connecting, a notification, or disconnecting may take before the connection is dropped. */
const standardPatienceMs = 10_000;

const firstRetryMs = 100;
const maxRetryMs = 10_000;

interface NotificationParts {
  readonly databaseUrl: string;
  /** Called with the topic of each wake-up from another process. It must not throw. */
  readonly onWakeUp: (topic: string) => void;
  /** Called whenever it begins to listen: earlier wake-ups were perhaps missed. It must not throw. */
  readonly onListening: () => void;
  /** Called once when the connection is lost or cannot be made; wake-ups are missed until it is there again. */
  readonly onProblem: (error: unknown) => void;
  /** Timers of the real time, even with a virtual clock: these wait for a network. */
  readonly timers: Timers;
  /** How long the server may take to answer; 10 s by default. */
  readonly patienceMs?: number;
}

interface Connection {
  readonly client: pg.Client;
  /** The socket of the connection: destroying it ends the connection without the server. */
  readonly socket: Socket;
}

/**
 * Listens on the server of `databaseUrl`, and connects again whenever that is lost: after 100 ms, then after twice as long each time, up to
 * 10 s. A pooler in transaction mode does not pass notifications on.
 */
export class Notifications {
  readonly #parts: NotificationParts;
  readonly #urls: readonly string[];
  readonly #patienceMs: number;
  readonly #running: Promise<void>;
  /** Topics of the last 20 ms → whether another wake-up is wanted since. */
  readonly #quiet = new Map<string, boolean>();
  #closed = false;
  /** The connection, while it listens. */
  #listening: Connection | undefined;
  #newest: Connection | undefined;
  #failures = 0;
  #endWait = () => {};

  /** Starts connecting. */
  constructor(parts: NotificationParts) {
    this.#parts = parts;
    this.#urls = readDatabaseUrl(parts.databaseUrl)?.urls ?? [parts.databaseUrl];
    this.#patienceMs = parts.patienceMs ?? standardPatienceMs;
    this.#running = this.#keepListening();
  }

  /**
   * Sends a wake-up on `topic` to the other processes at once, or 20 ms after the last one on that topic. A wake-up that cannot
   * be sent is dropped: workers look for work regularly.
   */
  notify(topic: string): void {
    if (this.#listening === undefined) return;
    if (this.#quiet.has(topic)) {
      this.#quiet.set(topic, true);
      return;
    }
    this.#quiet.set(topic, false);
    void send(this.#listening, topic).finally(() => this.#after(quietMs, () => this.#endQuiet(topic)));
  }

  /** Ends the connection as the server expects it, or without the server when that takes too long. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#endWait();
    if (this.#listening === undefined) this.#newest?.socket.destroy();
    else await this.#disconnect(this.#listening);
    await this.#running;
  }

  async #keepListening(): Promise<void> {
    while (!this.#closed) {
      // A standby takes no `listen`: of several hosts the next one is tried.
      const url = this.#urls[this.#failures % this.#urls.length] as string;
      this.#newest = newConnection(url, this.#patienceMs);
      try {
        await this.#listenUntilLost(this.#newest);
      } catch (error) {
        if (!this.#closed && this.#failures === 0) this.#parts.onProblem(error);
        this.#failures += 1;
      } finally {
        this.#listening = undefined;
        this.#newest.socket.destroy();
      }
      if (!this.#closed) await this.#waitToRetry();
    }
  }

  /** Listens until the connection is lost; rejects when it cannot be made, and when it ends. */
  async #listenUntilLost(connection: Connection): Promise<void> {
    const { client } = connection;
    const lost = new Promise<never>((_, reject) => {
      client.on('error', reject);
      client.on('end', () => reject(new Error('The connection for wake-ups has ended.')));
    });
    await Promise.race([lost, client.connect()]);
    const { rows } = await client.query<{ id: number }>('select pg_backend_pid() as id');
    client.on('notification', ({ processId, payload = '' }) => {
      const isOwn = rows.some(({ id }) => id === processId);
      if (!isOwn) this.#parts.onWakeUp(payload);
    });
    await client.query(`listen ${channel}`);
    this.#listening = connection;
    this.#failures = 0;
    this.#parts.onListening();
    await lost;
  }

  async #waitToRetry(): Promise<void> {
    const delayMs = Math.min(firstRetryMs * 2 ** (this.#failures - 1), maxRetryMs);
    await new Promise<void>((resolve) => {
      const cancel = this.#after(delayMs, resolve);
      this.#endWait = () => {
        cancel();
        resolve();
      };
    });
  }

  #endQuiet(topic: string): void {
    const isWanted = this.#quiet.get(topic) === true;
    this.#quiet.delete(topic);
    if (isWanted) this.notify(topic);
  }

  async #disconnect({ client, socket }: Connection): Promise<void> {
    const cancel = this.#after(this.#patienceMs, () => socket.destroy());
    await client.end();
    cancel();
  }

  /** Calls `run` after so many milliseconds. Returns a function that cancels it. */
  #after(delayMs: number, run: () => void): () => void {
    const { timers } = this.#parts;
    return timers.at(new Date(timers.now().getTime() + delayMs), run);
  }
}

function newConnection(databaseUrl: string, patienceMs: number): Connection {
  const socket = new Socket();
  const client = new pg.Client({
    stream: () => socket,
    connectionString: databaseUrl,
    connectionTimeoutMillis: patienceMs,
    query_timeout: patienceMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: keepAliveAfterMs,
    application_name: 'rucksack wake-ups',
    // Notifications on several topics do not wait for each other.
    pipeline: true,
  });
  return { client, socket };
}

async function send({ client, socket }: Connection, topic: string): Promise<void> {
  try {
    await client.query('select pg_notify($1, $2)', [channel, topic]);
  } catch {
    // A connection that takes no notification is of no use: its end is reported, and another one is made.
    socket.destroy();
  }
}
