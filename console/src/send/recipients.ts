// The recipients as they are typed: numbers with commas, semicolons or line ends between them.
import { digitsOf } from '../parts/format.ts';

/** Returns the recipients, each once, in order, as the API takes them: with their punctuation, which it ignores. */
export function recipientsOf(typed: string): readonly string[] {
  const pieces = typed.split(/[,;<\n\t]/).map((piece) => piece.trim());
  return [...new Set(pieces.filter((piece) => piece !== ''))];
}

/** Returns the first number of each line of a CSV file; lines without one, such as headings, are left out. */
export function recipientsInFile(text: string): readonly string[] {
  const numbers = text.split(/\r?\n/).map((line) =>
    line
      .split(/[,;\t]/)
      .map((cell) => cell.trim().replaceAll('"', ''))
      .find((cell) => mayBeNumber(cell) && isNumber(cell)),
  );
  return [...new Set(numbers.filter((number) => number !== undefined))];
}

const isNumber = (recipient: string): boolean => /^[+\d\s().\-/]*\d[+\d\s().\-/]*$/.test(recipient);

/** Returns those that may be numbers, as they were typed. */
export const numbersIn = (recipients: readonly string[]): readonly string[] => recipients.filter(isNumber);

/** Returns those that cannot be numbers, as they were typed. */
export const notNumbersIn = (recipients: readonly string[]): readonly string[] =>
  recipients.filter((recipient) => !isNumber(recipient));

/** Returns whether a number may be complete, so that asking the server about it makes sense. The server judges. */
export const mayBeNumber = (typed: string): boolean => digitsOf(typed).length >= 8;
