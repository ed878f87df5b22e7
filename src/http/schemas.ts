// Schemas that several modules share: path segments, and acknowledgements.
import { Type } from 'typebox';
import type { Answer } from './endpoint.ts';

/** A UUID of any version, in either case, as a JSON Schema pattern. */
export const uuidPattern = '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$';

/** A UUID in a path. */
export const Uuid = Type.String({ pattern: uuidPattern });

const uuid = new RegExp(uuidPattern);

/** Returns whether a text is a UUID: the database would fail on any other. */
export const isUuid = (text: string): boolean => uuid.test(text);

/** A number in a path: digits, with or without `+`; `telecom/e164.ts` parses it. */
export const NumberSegment = Type.String({
  minLength: 1,
  maxLength: 100,
  description: 'E.164 digits, with or without +.',
});

/** Spellings of `tollfree` seen in SDKs and documents (wire-control-plane 3.8). */
export const tollfreeSpellings = { 'toll-free': 'tollfree', toll_free: 'tollfree' };

/** The HTTP method of a customer's callback. */
export const HttpMethod = Type.Enum(['GET', 'POST'], { description: 'GET or POST.' });

/** Numbers as `readOwnNumbers` reads them. */
export const NumberList = Type.Union([Type.String(), Type.Array(Type.Unknown())], {
  description: 'Numbers with country code: a comma-separated text or a list; 2,000 at most.',
  expected: 'a comma-separated text or a list of numbers',
  joins: ',',
});

/** `{ "message": "changed" }`: the answer of updates. */
export const Changed = Type.Object({ message: Type.Literal('changed') });

/** The answer that `Changed` describes. */
export const changed: Answer = { status: 202, body: { message: 'changed' } };

/** `{ "response": "success" }`: the answer of removals (wire-control-plane 4.7). */
export const Success = Type.Object({ response: Type.Literal('success') });

/** The answer that `Success` describes. */
export const success: Answer = { status: 200, body: { response: 'success' } };

/** The answer of deletions. */
export const noContent: Answer = { status: 204 };

/** Returns a time in ISO 8601, UTC, with six digits of a second, as the vendor writes times. */
export function isoMicroseconds(moment: Date): string {
  return moment.toISOString().replace('Z', '000Z');
}
