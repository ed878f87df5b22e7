// What a list shows is said in its address: filters and the page. So Back, a reload and a copied link show the same. Pure.

/** An address with other parameters: those given replace what is there, empty ones go. The page starts anew unless it is given. */
export function addressWith(
  path: string,
  query: Readonly<Record<string, string>>,
  changes: Readonly<Record<string, string>>,
): string {
  return addressAt(path, { ...query, offset: '', ...changes });
}

/** The address of a path with parameters, in their order; those that say nothing are left out. */
export function addressAt(path: string, parameters: Readonly<Record<string, string | undefined>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) if (value) query.set(name, value);
  return query.size === 0 ? path : `${path}?${query}`;
}

/** The parameter for objects to skip; the beginning goes without saying. */
export const offsetText = (offset: number): string => (offset === 0 ? '' : String(offset));

/** Objects to skip, from the parameter of an address; what is no number is the beginning. */
export function offsetOf(text: string | undefined): number {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : 0;
}

/** One of the values that a filter can have; `undefined` for anything else. */
export function choiceOf<Choice extends string>(
  choices: readonly Choice[],
  text: string | undefined,
): Choice | undefined {
  return choices.find((choice) => choice === text);
}
