// Detects a connection pooler before the server, its mode, and whether it keeps prepared statements.
import pg from 'pg';
import { OperatorError } from '../base/errors.ts';
import { statementName } from './statement-name.ts';

/**
 * How connections use those of the server: one each (`sessions`), or with a pooler in transaction mode a new one for each
 * transaction, where session settings end with it.
 */
export type Sharing = 'sessions' | 'transactions';

const whoSql = 'select pg_backend_pid() as pid';
/** Rounds of the detection: a busy pooler may by chance give both connections the same server connections again. */
const rounds = 10;
/** SQLSTATEs of a prepared statement that is missing, or exists already: another client of the pooler made it. */
const strangeStatement = ['26000', '42P05'];

/**
 * Returns how the connections of a pool use those of the server. Two connections take turns, so that a pooler in transaction
 * mode swaps their server connections.
 * @throws OperatorError where prepared statements do not follow the connections that they were prepared on.
 */
export async function findSharing(pool: pg.Pool): Promise<Sharing> {
  const first = await pool.connect();
  const second = await pool.connect();
  try {
    const atFirst = await askInTransaction(first);
    // A pooler gives its connections ids of its own: without one the server's id of this connection would be the same.
    if (processIdOf(first) === atFirst) return 'sessions';
    for (let round = 0; round < rounds; round++) {
      await second.query('begin');
      const other = await ask(second);
      const afterwards = await askInTransaction(first);
      await second.query('commit');
      const again = await askInTransaction(first);
      if (other === atFirst || afterwards !== atFirst || again !== atFirst) return 'transactions';
    }
    return 'sessions';
  } catch (error) {
    throw isStrange(error) ? losesStatements(error) : error;
  } finally {
    // Statements prepared here are perhaps on a server connection that another client has by now.
    first.release(true);
    second.release(true);
  }
}

/** Returns the process id of a connection as the server, or a pooler, gave it: the driver has it and does not declare it. */
const processIdOf = (client: pg.PoolClient): unknown => (client as { processID?: unknown }).processID;

async function askInTransaction(client: pg.PoolClient): Promise<number | undefined> {
  await client.query('begin');
  const pid = await ask(client);
  await client.query('commit');
  return pid;
}

async function ask(client: pg.PoolClient): Promise<number | undefined> {
  const { rows } = await client.query<{ pid: number }>({ name: statementName(whoSql), text: whoSql });
  return rows[0]?.pid;
}

/** Returns whether the server did not know a statement that was prepared, or knew one that was not. */
function isStrange(error: unknown): boolean {
  return error instanceof pg.DatabaseError && strangeStatement.includes(error.code ?? '');
}

function losesStatements(cause: unknown): OperatorError {
  return new OperatorError(
    'The pooler of DATABASE_URL hands connections on after each transaction and does not keep prepared statements: use PgBouncer 1.21 or newer with max_prepared_statements above 0, or let it pool sessions.',
    { cause },
  );
}
