// Reads the list of numbers that an account brings along. Pure.
import { ApiError } from '../base/errors.ts';
import { type PhoneNumber, parseNumber } from '../telecom/e164.ts';

/** Most numbers that one call may bring. */
export const maxOwnNumbers = 10_000;

/**
 * Reads numbers from a comma-separated text, from a JSON list (Java), or from a Python list's printed form
 * (`['14155550105', '14155550106']`). A number given twice counts once.
 * @throws ApiError invalid that names the first text that is no number.
 */
export function readOwnNumbers(given: unknown): PhoneNumber[] {
  const parts = Array.isArray(given)
    ? given.map(String)
    : typeof given === 'string'
      ? given.split(',')
      : undefined;
  if (parts === undefined) throw new ApiError('invalid', 'numbers must be a comma-separated text or a list');
  const numbers = new Map<string, PhoneNumber>();
  for (const part of parts) {
    const shown = part.replace(/[[\]'"\s]/g, '');
    if (shown === '') continue;
    const number = parseNumber(shown);
    if (number === undefined) {
      throw new ApiError(
        'invalid',
        `numbers must be phone numbers with their country code; "${excerpt(shown)}" is none`,
      );
    }
    numbers.set(number.number, number);
  }
  if (numbers.size === 0) throw new ApiError('invalid', 'numbers is required');
  if (numbers.size > maxOwnNumbers)
    throw new ApiError('invalid', `numbers must be at most ${maxOwnNumbers} numbers`);
  return [...numbers.values()];
}

const excerpt = (text: string) => (text.length > 30 ? `${text.slice(0, 30)}…` : text).toWellFormed();
