// The state of a list (filters, page) in its address, so that Back, a reload and a copied link show the same. Pure.

/**
 * Returns an address with other parameters: those given replace the present ones, empty ones go. The page starts anew unless it
 * is given.
 */
export function addressWith(
  path: string,
  query: Readonly<Record<string, string>>,
  changes: Readonly<Record<string, string>>,
): string {
  return addressAt(path, { ...query, offset: '', ...changes });
}

/** Returns the address of a path with parameters, in their order; empty ones are left out. */
export function addressAt(path: string, parameters: Readonly<Record<string, string | undefined>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) if (value) query.set(name, value);
  return query.size === 0 ? path : `${path}?${query}`;
}

/** Returns the parameter for objects to skip; empty at the beginning. */
export const offsetText = (offset: number): string => (offset === 0 ? '' : String(offset));

/** Returns the objects to skip, from the parameter of an address; 0 for a text that is no number. */
export function offsetOf(text: string | undefined): number {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : 0;
}

/** Returns one of the values that a filter can have; `undefined` for anything else. */
export function choiceOf<Choice extends string>(
  choices: readonly Choice[],
  text: string | undefined,
): Choice | undefined {
  return choices.find((choice) => choice === text);
}
