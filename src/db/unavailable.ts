// What is thrown when the database does not answer, whatever the reason.
import pg from 'pg';

/** The database cannot be reached, lost the connection, or refuses work at present; asking again later may succeed. */
export class DatabaseUnavailable extends Error {
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'DatabaseUnavailable';
  }
}

/** PostgreSQL's own "not now": connection exception, insufficient resources, operator intervention (its error classes). */
const notNow = /^(08|53|57)/;

/** A failure of the driver as it should be thrown: what the server said about a statement stays, all else is unavailability. */
export function translateFailure(error: unknown): unknown {
  const saidByServer = error instanceof pg.DatabaseError && !notNow.test(error.code ?? '');
  return saidByServer ? error : new DatabaseUnavailable(error);
}
