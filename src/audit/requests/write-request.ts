// Parameters and answers as the log of requests stores them: without secrets, texts and numbers that are not to be kept, and short. Pure.
import { RepeatedField } from '../../http/body.ts';
import { writeState } from '../write-state.ts';

/** So many characters of JSON are stored of parameters, and of an answer. */
export const maxLoggedLength = 2048;

/** Returns whether the recipient may be kept: `log` of a request that sends is `true` or `number_only`, or not given. */
export const keepsNumber = ({ log }: Readonly<Record<string, unknown>>): boolean =>
  log === undefined || log === null || /^(true|number_only)$/i.test(String(log));

/** A list or an object, as a form carries it. */
const structure = /^\s*[[{]/;

/** Returns a text as the log keeps it: messages and long texts by their lengths, JSON as what it holds. */
function writeText(name: string, text: string): unknown {
  const length = `[${text.length} characters]`;
  if (name === 'text' || text.length > maxLoggedLength) return length;
  if (!structure.test(text)) return text;
  try {
    return withoutTexts(name, JSON.parse(text));
  } catch {
    // It may hold anything.
    return length;
  }
}

/** Returns a value as the caller wrote it, with texts replaced by their lengths. */
function withoutTexts(name: string, value: unknown): unknown {
  if (typeof value === 'string') return writeText(name, value);
  if (value instanceof RepeatedField) return value.values.map((one) => withoutTexts(name, one));
  if (Array.isArray(value)) return value.map((one) => withoutTexts(name, one));
  if (typeof value === 'object' && value !== null) return membersWithoutTexts(value);
  return value;
}

const membersWithoutTexts = (members: object): object =>
  Object.fromEntries(Object.entries(members).map(([name, value]) => [name, withoutTexts(name, value)]));

/** Returns parameters as JSON; undefined where there are none. */
export function writeParameters(parameters: Readonly<Record<string, unknown>>): string | undefined {
  if (Object.keys(parameters).length === 0) return undefined;
  const hidden = keepsNumber(parameters) || parameters.dst === undefined ? {} : { dst: '[masked]' };
  return writeState({ ...membersWithoutTexts(parameters), ...hidden }, maxLoggedLength);
}

/** Returns the body of an answer as JSON; undefined for an empty one. */
export function writeAnswer(body: string): string | undefined {
  if (body === '') return undefined;
  if (body.length > maxLoggedLength) return JSON.stringify({ too_long: body.length });
  return writeState(membersWithoutTexts(JSON.parse(body) as object), maxLoggedLength);
}
