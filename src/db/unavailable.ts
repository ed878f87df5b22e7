// Errors of a database that does not answer, or that prefers other transactions each time.
import pg from 'pg';

/** Thrown when the database cannot be reached, lost the connection, or refuses work now; trying again later may succeed. */
export class DatabaseUnavailable extends Error {
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'DatabaseUnavailable';
  }
}

/** Thrown when other transactions were quicker at every attempt: the transaction has changed nothing. */
export class DatabaseContended extends Error {
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'DatabaseContended';
  }
}

/**
 * SQLSTATEs that mean "not now": connection exception, insufficient resources, operator intervention, system error
 * (PostgreSQL's error classes); a transaction that was idle for too long, one on a read-only server, and prepared statements
 * that a pooler has mixed up.
 */
const notNow = /^(08|53|57|58|25P03|25006|26000|42P05)/;

/** SQLSTATE of a write on a read-only server, as while another one takes over. */
const readOnly = '25006';

/** Returns whether the connection leads to a read-only server: a new connection may lead to its successor. */
export function isReadOnly(error: unknown): boolean {
  const { cause } = error instanceof DatabaseUnavailable ? error : {};
  return cause instanceof pg.DatabaseError && cause.code === readOnly;
}

/** Returns the error to throw for one of the driver: the server's errors about a statement stay, all others are unavailability. */
export function translateFailure(error: unknown): unknown {
  const saidByServer = error instanceof pg.DatabaseError && !notNow.test(error.code ?? '');
  return saidByServer ? error : new DatabaseUnavailable(error);
}
