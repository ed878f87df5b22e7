// Names of what is known by its id only.
import { unlessMissing } from './missing.ts';

/** Returns id → name, by one request for each id. An id that is missing, or that the caller may not see, has no name. */
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
