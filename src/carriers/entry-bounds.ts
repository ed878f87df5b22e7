// The bounds of an entry, whatever its type: texts that a database holds, and no more levels than can be walked. Pure.
import { ApiError } from '../base/errors.ts';
import { checkStorable } from '../base/storable-text.ts';
import { placeOf } from './complaint.ts';

/** Twice as deep as any part of an entry may be. */
const maxLevels = 20;

/**
 * Checks the texts and the depth of an entry.
 * @throws ApiError invalid, naming the place of the first text that cannot be stored, and an entry that is too deep.
 */
export function checkBounds(entry: object, place: string): void {
  checkWithin(entry, place, 1);
}

function checkWithin(values: object, place: string, level: number): void {
  if (level > maxLevels) throw new ApiError('invalid', `${place} is deeper than ${maxLevels} levels`);
  const isList = Array.isArray(values);
  for (const [key, value] of Object.entries(values)) {
    checkStorable(key, `a key of ${place}`);
    const inner = placeOf(place, [isList ? Number(key) : key]);
    if (typeof value === 'string') checkStorable(value, inner);
    if (typeof value === 'object' && value !== null) checkWithin(value, inner, level + 1);
  }
}
