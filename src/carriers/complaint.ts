// Complaints about what an operator wrote, in one sentence that names the place: `carriers[0].window must be a number`. Pure.
import type { z } from 'zod';

type Issue = z.core.$ZodIssue;
type RawIssue = z.core.$ZodRawIssue;

/**
 * Returns what is wrong with a value whose place is `place`, for the first thing that is; a key that there is not goes before one that is missing,
 * which is often the same one misspelt. A message that a schema brings itself completes the sentence after the key: "must be host:port".
 */
export function complaintOf(place: string, issues: readonly Issue[]): string {
  const first = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
  if (first === undefined) return `${place} cannot be used`;
  if (first.code === 'unrecognized_keys') {
    return `${placeOf(place, [...first.path, first.keys[0] ?? ''])} is not a key that there is`;
  }
  return `${placeOf(place, first.path)} ${first.message}`;
}

/** Returns the default words for an issue, for the `error` of a parse. Those for unknown keys are never shown. */
export function issueInWords(issue: RawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? 'is missing'
        : `must be ${typesInWords[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `must be ${issue.values.length === 1 ? '' : 'one of '}${issue.values.join(', ')}`;
    case 'invalid_union':
      return Array.isArray(issue.options)
        ? `must be one of ${issue.options.join(', ')}`
        : 'has a form that cannot be used';
    case 'too_small':
      return `must be ${sizeOf(issue, 'at least', issue.minimum)}`;
    case 'too_big':
      return `must be ${sizeOf(issue, 'at most', issue.maximum)}`;
    default:
      return 'has a form that cannot be used';
  }
}

const typesInWords: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a number',
  object: 'an object',
  record: 'an object',
  string: 'a text',
};

function sizeOf(
  { origin }: { readonly origin: string },
  bound: 'at least' | 'at most',
  size: number | bigint,
): string {
  if (origin === 'string') return `a text of ${bound} ${size} characters`;
  if (origin === 'array') return `a list of ${bound} ${size} entries`;
  return `${bound} ${size}`;
}

/** Returns the place of a key within a place: `routes[0].fallback[1]`; the key itself where the place is the whole. */
export function placeOf(place: string, path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (so, step) =>
      typeof step === 'number' ? `${so}[${step}]` : `${so}${so === '' ? '' : '.'}${String(step)}`,
    place,
  );
}
