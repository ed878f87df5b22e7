// Names of prepared statements: the same in every process, and different for each text. Pure.
import { createHash } from 'node:crypto';

/** PostgreSQL cuts names after 63 bytes; 32 hexadecimal digits are 128 bits of the digest. */
const digits = 32;

/**
 * Returns the name of the prepared statement of an SQL text, made of its digest. A pooler may give one connection of the server
 * to several processes: names counted in the order of use would then run the statement of another process.
 */
export function statementName(sql: string): string {
  return `rucksack_${createHash('sha256').update(sql).digest('hex').slice(0, digits)}`;
}
