// What is thrown when the database does not answer, whatever the reason, and when it lets others go first each time.
import pg from 'pg';

/** The database cannot be reached, lost the connection, or refuses work at present; asking again later may succeed. */
export class DatabaseUnavailable extends Error {
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'DatabaseUnavailable';
  }
}

/** Other transactions were quicker each time: a transaction that was run again as often as may be has done nothing. */
export class DatabaseContended extends Error {
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'DatabaseContended';
  }
}

/**
 * PostgreSQL's own "not now": connection exception, insufficient resources, operator intervention, system error (its error classes);
 * a transaction that was idle for too long, one that may only read, and prepared statements that a pooler has mixed up.
 */
const notNow = /^(08|53|57|58|25P03|25006|26000|42P05)/;

/** SQLSTATE of a change that is asked of a server that can only be read, as while another one takes over. */
const readOnly = '25006';

/** Whether the connection leads to a server that can only be read: a new one may lead to its successor. */
export function isReadOnly(error: unknown): boolean {
  const { cause } = error instanceof DatabaseUnavailable ? error : {};
  return cause instanceof pg.DatabaseError && cause.code === readOnly;
}

/** A failure of the driver as it should be thrown: what the server said about a statement stays, all else is unavailability. */
export function translateFailure(error: unknown): unknown {
  const saidByServer = error instanceof pg.DatabaseError && !notNow.test(error.code ?? '');
  return saidByServer ? error : new DatabaseUnavailable(error);
}
