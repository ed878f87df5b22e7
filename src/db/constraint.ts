// Reading which rule of the schema a refused write broke.
import pg from 'pg';

/** SQLSTATE of the violations that carry a constraint's name: unique, foreign key, check. */
const namedViolations = new Set(['23505', '23503', '23514']);

/**
 * The name of the constraint or unique index that refused a write, or undefined when `error` is anything else. A rule
 * that may be broken by a race is left to the database and translated from here, never looked up first.
 */
export function violatedConstraint(error: unknown): string | undefined {
  if (!(error instanceof pg.DatabaseError) || !namedViolations.has(error.code ?? '')) return undefined;
  return error.constraint;
}
