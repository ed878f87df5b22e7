// The powerpacks that can be chosen from.
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { type Resource, useResource } from '../live/use-resource.ts';
import { pageSize } from '../parts/pager.tsx';
import { useSession } from '../session/session.tsx';

export type Powerpack = Schemas['Powerpack'];

/** The most powerpacks that a choice offers; others are reached from their own pages. */
const maxOffered = 200;

/** The powerpacks of the account by name, the newest 200; and the one named, wherever it is. */
export function usePowerpacks(named: string | undefined): Resource<readonly Powerpack[]> {
  const { client } = useSession();
  const load = async (signal: AbortSignal): Promise<readonly Powerpack[]> => {
    const found = new Map<string, Powerpack>();
    for (let offset = 0; offset < maxOffered; offset += pageSize) {
      const params = { query: { limit: pageSize, offset } };
      const { meta, objects } = await answerOf(client.GET('/Powerpack/', { params, signal }));
      for (const powerpack of objects) found.set(powerpack.uuid, powerpack);
      if (meta.next === null) break;
    }
    if (named && !found.has(named)) {
      const params = { path: { powerpack_uuid: named } };
      const { data } = await client.GET('/Powerpack/{powerpack_uuid}/', { params, signal });
      if (data !== undefined) found.set(named, data);
    }
    return [...found.values()].sort((a, b) => a.name.localeCompare(b.name));
  };
  return useResource(`powerpacks ${named ?? ''}`, load, ['powerpacks']);
}
