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

export interface NotificationParts {
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

export interface Notifications {
  /**
   * Sends a wake-up on `topic` to the other processes at once, or 20 ms after the last one on that topic. A wake-up that cannot
   * be sent is dropped: workers look for work regularly.
   */
  notify(topic: string): void;
  close(): Promise<void>;
}

/**
 * Connects to the server of `databaseUrl`, listens, and connects again whenever that is lost: after 100 ms, then after twice as
 * long each time, up to 10 s. A pooler in transaction mode does not pass notifications on.
 */
export function listen(parts: NotificationParts): Notifications {
  const { databaseUrl, onWakeUp, onListening, onProblem, timers, patienceMs = standardPatienceMs } = parts;
  const urls = readDatabaseUrl(databaseUrl)?.urls ?? [databaseUrl];
  let closed = false;
  /** The connection, while it listens. */
  let listening: Connection | undefined;
  let newest: Connection | undefined;
  let failures = 0;
  let endWait = () => {};

  async function keepListening(): Promise<void> {
    while (!closed) {
      // A standby takes no `listen`: of several hosts the next one is tried.
      newest = newConnection(urls[failures % urls.length] as string, patienceMs);
      try {
        await listenUntilLost(newest);
      } catch (error) {
        if (!closed && failures === 0) onProblem(error);
        failures += 1;
      } finally {
        listening = undefined;
        newest.socket.destroy();
      }
      if (!closed) await waitToRetry();
    }
  }

  /** Listens until the connection is lost; rejects when it cannot be made, and when it ends. */
  async function listenUntilLost(connection: Connection): Promise<void> {
    const { client } = connection;
    const lost = new Promise<never>((_, reject) => {
      client.on('error', reject);
      client.on('end', () => reject(new Error('The connection for wake-ups has ended.')));
    });
    await Promise.race([lost, client.connect()]);
    const { rows } = await client.query<{ id: number }>('select pg_backend_pid() as id');
    client.on('notification', ({ processId, payload = '' }) => {
      const isOwn = rows.some(({ id }) => id === processId);
      if (!isOwn) onWakeUp(payload);
    });
    await client.query(`listen ${channel}`);
    listening = connection;
    failures = 0;
    onListening();
    await lost;
  }

  async function waitToRetry(): Promise<void> {
    const delayMs = Math.min(firstRetryMs * 2 ** (failures - 1), maxRetryMs);
    await new Promise<void>((resolve) => {
      const cancel = timers.at(new Date(timers.now().getTime() + delayMs), resolve);
      endWait = () => {
        cancel();
        resolve();
      };
    });
  }

  /** Topics of the last 20 ms → whether another wake-up is wanted since. */
  const quiet = new Map<string, boolean>();

  function notify(topic: string): void {
    if (listening === undefined) return;
    if (quiet.has(topic)) {
      quiet.set(topic, true);
      return;
    }
    quiet.set(topic, false);
    void send(listening, topic).finally(() => {
      timers.at(new Date(timers.now().getTime() + quietMs), () => endQuiet(topic));
    });
  }

  function endQuiet(topic: string): void {
    const isWanted = quiet.get(topic) === true;
    quiet.delete(topic);
    if (isWanted) notify(topic);
  }

  const running = keepListening();
  return {
    notify,
    async close() {
      closed = true;
      endWait();
      if (listening === undefined) newest?.socket.destroy();
      else await disconnect(listening);
      await running;
    },
  };

  /** Closes a connection as the server expects it, or without the server when that takes too long. */
  async function disconnect({ client, socket }: Connection): Promise<void> {
    const latest = new Date(timers.now().getTime() + patienceMs);
    const cancel = timers.at(latest, () => socket.destroy());
    await client.end();
    cancel();
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
