// The resources of an account that move from one server to another, as they are read at one and made at the other. Pure.

/** The kinds of resources, in the order in which they are made: each behind those that it refers to. */
export const kinds = ['subaccount', 'application', 'number', 'powerpack', 'member', 'shortcode'] as const;
export type Kind = (typeof kinds)[number];

export interface Resource {
  readonly kind: Kind;
  /** Tells it from the others of its kind, and is the same on both sides. */
  readonly id: string;
  /** For people: the id, and the name where it has one. */
  readonly label: string;
  /** The subaccount that owns it; undefined for the main account. */
  readonly owner: string | undefined;
  /** Its fields in the names of the API, without those that are not set. */
  readonly fields: Fields;
}

export type Fields = Readonly<Record<string, unknown>>;

/** The resources of an account, and what could not be read. */
export interface AccountCopy {
  readonly resources: readonly Resource[];
  readonly notes: readonly string[];
}
