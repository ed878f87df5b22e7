// Texts of others as a database holds them. Pure.
import { ApiError } from './errors.ts';

const printableAscii = /^[ -~]*$/;

/**
 * Returns a text as the database can store it: carriers and customers may send NUL characters and halves of surrogate pairs.
 * @param insteadOfNul stands for each NUL
 */
export function storableText(text: string, insteadOfNul = '\ufffd'): string {
  return printableAscii.test(text) ? text : text.replaceAll('\0', insteadOfNul).toWellFormed();
}

/**
 * Checks that the database can store a text of a caller.
 * @throws ApiError invalid, naming it.
 */
export function checkStorable(text: string, name: string): void {
  if (text.includes('\0')) throw new ApiError('invalid', `${name} must not contain a NUL character`);
  if (!text.isWellFormed()) throw new ApiError('invalid', `${name} must be valid Unicode text`);
}
