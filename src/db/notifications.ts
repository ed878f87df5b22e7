// Hints between the processes that share a PostgreSQL server, on one connection of each that listens and notifies.
import { Socket } from 'node:net';
import pg from 'pg';
import type { Timers } from '../base/timers.ts';

const channel = 'rucksack';

/** The shortest time between two hints about one topic. */
const quietMs = 20;

/** How long connecting, one notification, or taking leave may take before the connection is given up. */
const standardPatienceMs = 10_000;

const firstRetryMs = 100;
const maxRetryMs = 10_000;

export interface NotificationParts {
  readonly databaseUrl: string;
  /** Called with the topic of each hint that another process gave. It must not throw. */
  readonly onHint: (topic: string) => void;
  /** Called whenever it begins to listen: what was hinted at before was perhaps not heard. It must not throw. */
  readonly onListening: () => void;
  /** Told once when the connection is lost or cannot be made; hints are missing from then until it is there again. */
  readonly onProblem: (error: unknown) => void;
  /** Of the real time, even where messages live in a simulated one: these wait for a network. */
  readonly timers: Timers;
  /** How long the server may take to answer; 10 s unless said otherwise. */
  readonly patienceMs?: number;
}

interface Connection {
  readonly client: pg.Client;
  /** What it goes through: to destroy this ends it whether or not the server is there to agree. */
  readonly socket: Socket;
}

export interface Notifications {
  /**
   * Hints at `topic` to the other processes at once, or at the end of 20 ms when there was a hint at it in them. A hint that cannot
   * be given is dropped: whoever waits for it looks for itself now and then.
   */
  notify(topic: string): void;
  close(): Promise<void>;
}

/**
 * Connects to the server of `databaseUrl`, listens, and connects again whenever that is lost: after 100 ms, then after twice as
 * long each time, up to 10 s. A pooler that hands connections on after each transaction lets no hint through.
 */
export function listen(parts: NotificationParts): Notifications {
  const { databaseUrl, onHint, onListening, onProblem, timers, patienceMs = standardPatienceMs } = parts;
  let closed = false;
  /** The connection, once it listens. */
  let listening: Connection | undefined;
  let newest: Connection | undefined;
  let failures = 0;
  let endWait = () => {};

  async function keepListening(): Promise<void> {
    while (!closed) {
      newest = newConnection(databaseUrl, patienceMs);
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

  /** Rejects when the connection cannot be made, and when it ends. */
  async function listenUntilLost(connection: Connection): Promise<void> {
    const { client } = connection;
    const lost = new Promise<never>((_, reject) => {
      client.on('error', reject);
      client.on('end', () => reject(new Error('The connection for hints has ended.')));
    });
    await Promise.race([lost, client.connect()]);
    const { rows } = await client.query<{ id: number }>('select pg_backend_pid() as id');
    client.on('notification', ({ processId, payload = '' }) => {
      const isOwn = rows.some(({ id }) => id === processId);
      if (!isOwn) onHint(payload);
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

  /** Topics that were hinted at a moment ago → whether somebody wanted to hint at them since. */
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
      else await takeLeave(listening);
      await running;
    },
  };

  /** Ends a connection as the server expects it, or without the server when that takes too long. */
  async function takeLeave({ client, socket }: Connection): Promise<void> {
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
    application_name: 'rucksack hints',
    // Hints at several topics do not wait for each other.
    pipeline: true,
  });
  return { client, socket };
}

async function send({ client, socket }: Connection, topic: string): Promise<void> {
  try {
    await client.query('select pg_notify($1, $2)', [channel, topic]);
  } catch {
    // A connection that takes no notification is of no use: its end is told, and another one is made.
    socket.destroy();
  }
}
