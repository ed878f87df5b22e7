// Pieces of schema that several rooms share: what stands in paths, and acknowledgements.
import { Type } from 'typebox';
import type { Answer } from './endpoint.ts';

/** A UUID of any version, in either case, as a JSON Schema pattern. */
export const uuidPattern = '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$';

/** A UUID in a path. */
export const Uuid = Type.String({ pattern: uuidPattern });

const uuid = new RegExp(uuidPattern);

/** Whether a text is a UUID: what is none would be an error to the database. */
export const isUuid = (text: string): boolean => uuid.test(text);

/** A number as it stands in a path: digits, with or without `+`; what it means is decided by `telecom/e164.ts`. */
export const NumberSegment = Type.String({
  minLength: 1,
  maxLength: 100,
  description: 'E.164 digits, with or without +.',
});

/** Spellings of `tollfree` seen in SDKs and documents (wire-control-plane 3.8). */
export const tollfreeSpellings = { 'toll-free': 'tollfree', toll_free: 'tollfree' };

/** How a customer wants to be called. */
export const HttpMethod = Type.Enum(['GET', 'POST'], { description: 'GET or POST.' });

/** `{ "message": "changed" }`: what updates answer. */
export const Changed = Type.Object({ message: Type.Literal('changed') });

/** The answer that `Changed` describes. */
export const changed: Answer = { status: 202, body: { message: 'changed' } };

/** `{ "response": "success" }`: what removals answer (wire-control-plane 4.7). */
export const Success = Type.Object({ response: Type.Literal('success') });

/** The answer that `Success` describes. */
export const success: Answer = { status: 200, body: { response: 'success' } };

/** What deletions answer. */
export const noContent: Answer = { status: 204 };

/** ISO 8601 in UTC with six digits of a second, as the vendor writes moments. */
export function isoMicroseconds(moment: Date): string {
  return moment.toISOString().replace('Z', '000Z');
}
