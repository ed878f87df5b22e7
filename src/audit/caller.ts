// The credentials that a request was made with. Pure.
import type { Scope } from '../http/endpoint.ts';

export const callerKinds = ['token', 'operator', 'api_key', 'command_line'] as const;

export interface Caller {
  readonly kind: (typeof callerKinds)[number];
  /** An auth id, the id of an API key, or the user of the machine. */
  readonly id: string;
}

/** Returns the caller of a request. `operatorId` is the account of the operator, where there is one. */
export function callerOf(
  { apiKey, callerId }: Pick<Scope, 'apiKey' | 'callerId'>,
  operatorId: string | undefined,
): Caller {
  if (apiKey !== undefined) return { kind: 'api_key', id: apiKey.id };
  return { kind: callerId === operatorId ? 'operator' : 'token', id: callerId };
}
