// Names of what is known by its id only.
import { unlessMissing } from './missing.ts';

/** Id → name, by one question for each id. What is missing, or not the caller's to see, has none. */
export async function loadNames(
  ids: ReadonlySet<string>,
  nameOf: (id: string) => Promise<string>,
): Promise<ReadonlyMap<string, string>> {
  const named = await Promise.all(
    [...ids].map(async (id) => {
      const name = await unlessMissing(nameOf(id));
      return name === null ? [] : [[id, name] as const];
    }),
  );
  return new Map(named.flat());
}
