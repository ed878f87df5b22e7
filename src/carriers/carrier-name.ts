// The form of carriers' names. Pure.
import { z } from 'zod';

/** Names of carriers: short, and fit for a URL and a label of a metric. */
export const carrierName = z.string().regex(/^[a-z0-9-]{2,32}$/, 'must be 2 to 32 of a-z, 0-9 and -');
