// Whether there is a simulated telephone network that handsets of it can write from.
import { useResource } from '../live/use-resource.ts';
import { useSession } from '../session/session.ts';

/** Returns whether there is a simulator; undefined until it is known. A server without it responds with 404. */
export function useSimulator(): boolean | undefined {
  const { client } = useSession();
  const load = async (signal: AbortSignal) => (await client.GET('/Simulator/Rule/', { signal })).response.ok;
  return useResource('simulator', load).data;
}
