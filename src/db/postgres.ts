// The pool of connections to a PostgreSQL server.
import pg from 'pg';
import { columnTypes } from './column-types.ts';

/** The oldest server that the tests run against, as `server_version_num` counts. */
const minVersion = 150_000;
const connectionTimeoutMs = 10_000;
const statementTimeoutMs = 30_000;

export interface PostgresOptions {
  databaseUrl: string;
  /** The most connections held at once. */
  maxConnections: number;
  /** Told when an idle connection is lost; the pool has replaced it by then. */
  onConnectionLost: (error: Error) => void;
}

/**
 * Opens a pool to the server of `databaseUrl` and makes sure that it answers and is new enough; throws one clear
 * sentence otherwise. Statements end after 30 s. Plans are made for the values at hand: a generic plan made while a
 * table was still empty scans it whole for ever after.
 */
export async function openPostgres(options: PostgresOptions): Promise<pg.Pool> {
  const pool = new pg.Pool({
    connectionString: options.databaseUrl,
    max: options.maxConnections,
    connectionTimeoutMillis: connectionTimeoutMs,
    application_name: 'rucksack',
    types: columnTypes(),
    // By statement and not as start-up parameters, which connection poolers refuse.
    onConnect: async (client) => {
      await client.query(
        `set statement_timeout = ${statementTimeoutMs}; set plan_cache_mode = force_custom_plan`,
      );
    },
  });
  pool.on('error', options.onConnectionLost);
  // A connection that breaks while it is held would otherwise end the process; its next query fails and tells.
  pool.on('connect', (client) => client.on('error', () => undefined));
  try {
    await checkVersion(pool);
  } catch (error) {
    await pool.end();
    throw error;
  }
  return pool;
}

async function checkVersion(pool: pg.Pool): Promise<void> {
  const { rows } = await pool
    .query<{ number: number; name: string }>(
      `select current_setting('server_version_num')::int as number, current_setting('server_version') as name`,
    )
    .catch((error: Error) => {
      throw new Error(
        `The database server of DATABASE_URL does not answer: ${error.message || String(error)}`,
        {
          cause: error,
        },
      );
    });
  const [version] = rows;
  if (version === undefined || version.number < minVersion) {
    throw new Error(`The database server is PostgreSQL ${version?.name}; Rucksack needs 15 or newer.`);
  }
}
