// Reads the list of numbers that an account imports. Pure.
import { ApiError } from '../base/errors.ts';
import type { PhoneNumber } from '../telecom/e164.ts';
import { numberHint, parseNumber } from '../telecom/written-number.ts';

/** Most numbers that one call may bring: reading them all must not keep others waiting. Imports take any number. */
export const maxOwnNumbers = 2_000;

/**
 * Reads numbers from a comma-separated text, from a JSON list (Java), or from a Python list's printed form
 * (`['14155550105', '14155550106']`). A number given twice counts once.
 * @param country whose national numbers are read as well.
 * @throws ApiError invalid that names the first text that is no number.
 */
export function readOwnNumbers(given: string | readonly unknown[], country?: string): PhoneNumber[] {
  const parts = typeof given === 'string' ? given.split(',') : given;
  if (parts.length > maxOwnNumbers) {
    throw new ApiError('invalid', `numbers must be at most ${maxOwnNumbers} numbers`);
  }
  const numbers = new Map<string, PhoneNumber>();
  for (const part of parts) {
    const shown = readPart(part).replace(/[[\]'"\s]/g, '');
    if (shown === '') continue;
    const number = parseNumber(shown, country);
    if (number === undefined) throw notANumber(shown);
    numbers.set(number.number, number);
  }
  if (numbers.size === 0) throw new ApiError('invalid', 'numbers is required');
  return [...numbers.values()];
}

function readPart(part: unknown): string {
  if (typeof part === 'string' || typeof part === 'number') return String(part);
  throw notANumber(Array.isArray(part) ? 'a list' : typeof part);
}

function notANumber(shown: string): ApiError {
  const excerpt = (shown.length > 30 ? `${shown.slice(0, 30)}…` : shown).toWellFormed();
  return new ApiError(
    'invalid',
    `numbers must be phone numbers with their country code; "${excerpt}" is none${numberHint(shown)}`,
  );
}
