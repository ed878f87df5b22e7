// The digest of a table: of all its rows, in whichever order they come. Pure.
import { createHash } from 'node:crypto';

/** How many rows a table has, and their digest. */
export interface TableDigest {
  readonly rows: number;
  readonly digest: string;
}

const modulus = 1n << 256n;

/** Adds up the SHA-256 of each row: a row that is missing, changed, or there once more changes the sum, and their order does not. */
class RowDigest {
  #rows = 0;
  #sum = 0n;

  add(line: string): void {
    this.#rows += 1;
    this.#sum = (this.#sum + BigInt(`0x${createHash('sha256').update(line).digest('hex')}`)) % modulus;
  }

  get result(): TableDigest {
    return { rows: this.#rows, digest: this.#sum.toString(16).padStart(64, '0') };
  }
}

/** Table → digest, of everything that was added. */
export class Digests {
  readonly #ofTable = new Map<string, RowDigest>();

  add({ table, lines }: { readonly table: string; readonly lines: readonly string[] }): void {
    const digest = this.#ofTable.get(table) ?? new RowDigest();
    this.#ofTable.set(table, digest);
    for (const line of lines) digest.add(line);
  }

  get results(): Record<string, TableDigest> {
    return Object.fromEntries([...this.#ofTable].map(([table, digest]) => [table, digest.result]));
  }
}

/** Returns the first table whose rows are not the expected ones. */
export function findDifference(
  expected: Readonly<Record<string, TableDigest>>,
  found: Readonly<Record<string, TableDigest>>,
): string | undefined {
  return [...new Set([...Object.keys(expected), ...Object.keys(found)])].find(
    (table) =>
      expected[table]?.digest !== found[table]?.digest || expected[table]?.rows !== found[table]?.rows,
  );
}
