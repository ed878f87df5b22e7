// Ids of brands and campaigns, in the form of the registry's. Pure.
import { type RandomBytes, randomText } from '../base/id.ts';

/** Returns a new id: a letter, and six capitals and digits. */
export const newRegistryId = (letter: 'B' | 'C', randomBytes: RandomBytes): string =>
  letter + randomText(6, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789', randomBytes);
