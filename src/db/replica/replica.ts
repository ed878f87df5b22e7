// A database that is only read from, on one of several hosts.
import type { Db } from '../db.ts';

/** A database that follows the one that takes writes. Each of its hosts may be behind by another time. */
export interface Replica extends Db {
  /** The host that is read from now. */
  readonly host: string;
}
