// The codes of the server's errors.
import pg from 'pg';

/** Returns whether an error is one of the server with one of these SQLSTATEs. */
export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof pg.DatabaseError && codes.includes(error.code ?? '');
}
