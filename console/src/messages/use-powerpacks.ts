// The powerpacks that can be chosen from.
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { type Resource, useResource } from '../live/use-resource.ts';
import { collectPages } from '../parts/all-pages.ts';
import { useSession } from '../session/session.ts';

export type Powerpack = Schemas['Powerpack'];

/** Loads the account's powerpacks by name, as many as a choice offers, and the one named, wherever it is in the list. */
export function usePowerpacks(named: string | undefined): Resource<readonly Powerpack[]> {
  const { client } = useSession();
  const load = async (signal: AbortSignal): Promise<readonly Powerpack[]> => {
    const { entries } = await collectPages((offset) =>
      answerOf(client.GET('/Powerpack/', { params: { query: { offset } }, signal })),
    );
    const found = new Map(entries.map((powerpack) => [powerpack.uuid, powerpack]));
    if (named && !found.has(named)) {
      const params = { path: { powerpack_uuid: named } };
      const { data } = await client.GET('/Powerpack/{powerpack_uuid}/', { params, signal });
      if (data !== undefined) found.set(named, data);
    }
    return [...found.values()].sort((a, b) => a.name.localeCompare(b.name));
  };
  return useResource(`powerpacks ${named ?? ''}`, load, ['powerpacks']);
}
