// The names of powerpacks that a page names by their UUIDs.
import { answerOf, type RucksackClient } from '../../../client/src/client.ts';
import { loadNames } from '../live/load-names.ts';
import { useResource } from '../live/use-resource.ts';
import { useSession } from '../session/session.ts';

/** UUID → name; null for one that was deleted or is of a subaccount, which the server does not tell apart. Absent while it is loaded. */
export type PowerpackNames = ReadonlyMap<string, string | null>;

type Uuids = readonly (string | null)[];

/** Loads the name of each powerpack, one request each: at most as many as a page has rows. */
export async function loadPowerpackNames(
  client: RucksackClient,
  uuids: Uuids,
  signal: AbortSignal,
): Promise<PowerpackNames> {
  const asked = new Set(uuids.filter((uuid) => uuid !== null));
  const names = await loadNames(asked, async (uuid) => {
    const params = { path: { powerpack_uuid: uuid } };
    return (await answerOf(client.GET('/Powerpack/{powerpack_uuid}/', { params, signal }))).name;
  });
  return new Map([...asked].map((uuid) => [uuid, names.get(uuid) ?? null]));
}

/** Loads the names of powerpacks beside what names them; rows that come and go with the same powerpacks ask for nothing. */
export function usePowerpackNames(uuids: Uuids): PowerpackNames {
  const { client } = useSession();
  const load = (signal: AbortSignal) => loadPowerpackNames(client, uuids, signal);
  const key = [...new Set(uuids)].toSorted().join(' ');
  return (
    useResource(`powerpack names ${key}`, load, ['powerpacks'], { keepsPrevious: true }).data ?? noneLoaded
  );
}

const noneLoaded: PowerpackNames = new Map();

/** Returns the name of a powerpack, or why there is none. */
export function powerpackInWords(uuid: string, names: PowerpackNames): string {
  const name = names.get(uuid);
  return name === undefined ? '…' : (name ?? 'not yours to see, or deleted');
}
