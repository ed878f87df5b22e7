// Where the copy of a running embedded database lies until a backup has read it. Pure.
import { join } from 'node:path';

/** Returns the folder of the copy, in the data directory. */
export const copyOf = (dataDir: string): string => join(dataDir, 'database.copy');
