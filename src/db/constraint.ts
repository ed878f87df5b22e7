// Finds the constraint that refused a write.
import pg from 'pg';

/** SQLSTATEs of violations that name a constraint: unique, foreign key, check. */
const namedViolations = new Set(['23505', '23503', '23514']);

/**
 * Returns the name of the constraint or unique index that refused a write, or undefined for any other error. Rules that a race
 * may break are left to the database and translated from here, never looked up first.
 */
export function violatedConstraint(error: unknown): string | undefined {
  if (!(error instanceof pg.DatabaseError) || !namedViolations.has(error.code ?? '')) return undefined;
  return error.constraint;
}
