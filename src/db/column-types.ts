// Types of column values in JavaScript: the driver's defaults, with counts as numbers.
import pg from 'pg';

const int8 = 20;

/**
 * Returns the parsers of result columns, for a pool's `types`: those of `pg` (timestamptz is a Date, jsonb a value, uuid and
 * numeric text, bytea a Buffer), except that int8 is a number: no count or sequence here comes near 2^53.
 */
export function columnTypes(): pg.TypeOverrides {
  const types = new pg.TypeOverrides();
  types.setTypeParser(int8, Number);
  return types;
}
