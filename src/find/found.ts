// The things of an account that can be found by a number, a UUID or a part of a name.

export const foundKinds = [
  'message',
  'powerpack',
  'webhook',
  'change',
  'request',
  'number',
  'person',
  'application',
  'campaign',
  'brand',
  'subaccount',
] as const;
export type FoundKind = (typeof foundKinds)[number];

export interface Found {
  readonly kind: FoundKind;
  /** The UUID, number or id by which the API knows it. */
  readonly id: string;
  /** Its name, or for a change the request that made it, and for a request what was asked and answered; `undefined` where it has none. */
  readonly name: string | undefined;
}

/** The most things that are found of one kind. */
export const maxOfKind = 5;
