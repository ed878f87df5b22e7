// Hints between the processes that share a PostgreSQL server, on one connection of each that listens and notifies.
import pg from 'pg';
import type { Timers } from '../base/timers.ts';

const channel = 'rucksack';

/** The shortest time between two hints about one topic. */
const quietMs = 20;

/** How long connecting, or one notification, may take before the connection is given up. */
const patienceMs = 10_000;

const firstRetryMs = 100;
const maxRetryMs = 10_000;

export interface NotificationParts {
  readonly databaseUrl: string;
  /** Called with the topic of each hint that another process gave. It must not throw. */
  readonly onHint: (topic: string) => void;
  /** Told once when the connection is lost or cannot be made; hints are missing from then until it is there again. */
  readonly onProblem: (error: unknown) => void;
  /** Of the real time, even where messages live in a simulated one: these wait for a network. */
  readonly timers: Timers;
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
export function listen({ databaseUrl, onHint, onProblem, timers }: NotificationParts): Notifications {
  let closed = false;
  /** The connection, once it listens. */
  let listening: pg.Client | undefined;
  let client: pg.Client | undefined;
  let failures = 0;
  let endWait = () => {};

  async function keepListening(): Promise<void> {
    while (!closed) {
      client = newClient(databaseUrl);
      try {
        await listenUntilLost(client);
      } catch (error) {
        if (!closed && failures === 0) onProblem(error);
        failures += 1;
      } finally {
        listening = undefined;
        await client.end();
      }
      if (!closed) await waitToRetry();
    }
  }

  /** Rejects when the connection cannot be made, and when it ends. */
  async function listenUntilLost(connection: pg.Client): Promise<void> {
    const lost = new Promise<never>((_, reject) => {
      connection.on('error', reject);
      connection.on('end', () => reject(new Error('The connection for hints has ended.')));
    });
    await Promise.race([lost, connection.connect()]);
    const { rows } = await connection.query<{ id: number }>('select pg_backend_pid() as id');
    connection.on('notification', ({ processId, payload = '' }) => {
      const isOwn = rows.some(({ id }) => id === processId);
      if (!isOwn) onHint(payload);
    });
    await connection.query(`listen ${channel}`);
    listening = connection;
    failures = 0;
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
    void send(listening, topic).then(() => {
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
      await client?.end();
      await running;
    },
  };
}

function newClient(databaseUrl: string): pg.Client {
  return new pg.Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: patienceMs,
    query_timeout: patienceMs,
    keepAlive: true,
    application_name: 'rucksack hints',
  });
}

async function send(connection: pg.Client, topic: string): Promise<void> {
  try {
    await connection.query('select pg_notify($1, $2)', [channel, topic]);
  } catch {
    // A connection that takes no notification is of no use: its end is told, and another one is made.
    await connection.end();
  }
}
