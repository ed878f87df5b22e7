// The pool of connections to a PostgreSQL server.

import type pg from 'pg';
import { type DatabaseHosts, readDatabaseUrl } from '../base/database-url.ts';
import { OperatorError } from '../base/errors.ts';
import type { Timers } from '../base/timers.ts';
import { columnTypes } from './column-types.ts';
import { HostPool } from './host-pool.ts';

/** The oldest server that the tests run against, as `server_version_num` counts. */
const minVersion = 150_000;
const connectionTimeoutMs = 10_000;
const statementTimeoutMs = 30_000;
/**
 * How long an answer is waited for: longer than a statement may take, so that the server's own timeout comes first. Queries
 * that are sent together wait for each other.
 */
export const answerTimeoutMs: number = statementTimeoutMs + 5000;
/** An idle connection is probed by the network after so long, and then every second: a host behind a cut cable ends none. */
export const keepAliveAfterMs = 10_000;
/** A transaction does nothing but database work, so an idle one has lost its owner. */
const idleInTransactionTimeoutMs = 60_000;

/**
 * Returns the statements that set the settings of a session, or only of a transaction. Compiling (`jit`) takes longer than any
 * statement here runs, and a plan that may not read whole tables looks dear enough for it.
 */
export function settingsFor(what: 'session' | 'transaction'): string {
  const set = what === 'session' ? 'set' : 'set local';
  return `${set} statement_timeout = ${statementTimeoutMs};
    ${set} idle_in_transaction_session_timeout = ${idleInTransactionTimeoutMs};
    ${set} plan_cache_mode = force_custom_plan;
    ${set} jit = off`;
}

interface PostgresOptions {
  /** The server, or several of which one takes writes (`src/base/database-url.ts`). */
  databaseUrl: string;
  /** The most connections held at once. */
  maxConnections: number;
  /** Called when an idle connection is lost; the pool has replaced it by then. */
  onConnectionLost: (error: Error) => void;
  /** Timers of the real time, for what `HostPool` does with them. */
  timers?: Timers | undefined;
}

/**
 * Opens a pool to the server of `databaseUrl` and makes sure that it answers and is new enough; throws one clear sentence
 * otherwise. Statements end after 30 s. Plans are made for the actual values: a generic plan made while a table was empty scans
 * the whole table for ever after.
 */
export async function openPostgres(options: PostgresOptions): Promise<pg.Pool> {
  const hosts = readDatabaseUrl(options.databaseUrl);
  if (hosts === undefined) throw new OperatorError('DATABASE_URL is no URL of a PostgreSQL database.');
  const pool = makePool(hosts, options);
  try {
    await checkVersion(pool);
  } catch (error) {
    await pool.end();
    throw error;
  }
  return pool;
}

/** Makes a pool to some hosts, which need not be there yet. */
export function makePool(
  hosts: DatabaseHosts,
  { maxConnections, onConnectionLost, timers }: Omit<PostgresOptions, 'databaseUrl'>,
  more: pg.PoolConfig = {},
): HostPool {
  const pool = new HostPool(hosts, {
    ...more,
    timers,
    max: maxConnections,
    connectionTimeoutMillis: connectionTimeoutMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: keepAliveAfterMs,
    application_name: 'rucksack',
    // Queries of one transaction that do not wait for each other are sent together.
    pipeline: true,
    types: columnTypes(),
    // Set by statements and not as start-up parameters, which connection poolers refuse.
    onConnect: async (client) => {
      const settings = { text: settingsFor('session'), query_timeout: connectionTimeoutMs };
      await client.query(settings);
    },
  });
  pool.on('error', onConnectionLost);
  // A connection that breaks while it is in use would otherwise end the process; its next query fails with the error.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

async function checkVersion(pool: pg.Pool): Promise<void> {
  const question = {
    text: `select current_setting('server_version_num')::int as number, current_setting('server_version') as name`,
    query_timeout: connectionTimeoutMs,
  };
  const { rows } = await pool.query<{ number: number; name: string }>(question).catch((error: Error) => {
    // A host name with several addresses fails with one error for each, and an empty message of its own.
    const reason = error.message || String((error as AggregateError).errors);
    throw new OperatorError(`The database server of DATABASE_URL cannot be used: ${reason}`, {
      cause: error,
    });
  });
  for (const { number, name } of rows) {
    if (number < minVersion) {
      throw new OperatorError(`The database server is PostgreSQL ${name}; Rucksack needs 15 or newer.`);
    }
  }
}
