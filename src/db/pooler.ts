// Finding out whether a connection pooler stands before the server, and whether it keeps what a connection is told.
import pg from 'pg';
import { OperatorError } from '../base/errors.ts';
import { statementName } from './statement-name.ts';

/** The session's own settings end with the transaction where a pooler hands connections on after each. */
export type Sharing = 'sessions' | 'transactions';

const whoSql = 'select pg_backend_pid() as pid';
/** A pooler that is busy with others may give both connections back what they had, once. */
const rounds = 10;
/** SQLSTATEs of a prepared statement that is not there, or there already: of another client of the pooler. */
const strangeStatement = ['26000', '42P05'];

/**
 * Finds out what the connections of a pool share the server's with: nothing (`sessions`: each has one of the server for itself, for as
 * long as it lasts), or one after each transaction. Two connections take turns, so that what a pooler hands on comes to the other one.
 * @throws OperatorError where prepared statements do not go along with the connections that they were prepared on.
 */
export async function findSharing(pool: pg.Pool): Promise<Sharing> {
  const first = await pool.connect();
  const second = await pool.connect();
  try {
    const atFirst = await askInTransaction(first);
    // A pooler names its own connections: the server's name of this one would be the same without it.
    if (nameOf(first) === atFirst) return 'sessions';
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
    // What was prepared on the way is perhaps on a connection of the server's that somebody else has by now.
    first.release(true);
    second.release(true);
  }
}

/** The number by which the server, or a pooler in its place, knows a connection: the driver keeps it and does not declare it. */
const nameOf = (client: pg.PoolClient): unknown => (client as { processID?: unknown }).processID;

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

/** Whether the server did not know a statement that was prepared, or knew one that was not. */
function isStrange(error: unknown): boolean {
  return error instanceof pg.DatabaseError && strangeStatement.includes(error.code ?? '');
}

function losesStatements(cause: unknown): OperatorError {
  return new OperatorError(
    'The pooler of DATABASE_URL hands connections on after each transaction and does not keep prepared statements: use PgBouncer 1.21 or newer with max_prepared_statements above 0, or let it pool sessions.',
    { cause },
  );
}
