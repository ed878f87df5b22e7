// The names of the powerpacks that numbers are in.
import { answerOf, type RucksackClient } from '../../../client/src/client.ts';
import { loadNames } from '../live/load-names.ts';
import type { RentedNumber } from './number-words.ts';

/** UUID → name. A powerpack of a subaccount is not the caller's to see, and is not in it. */
export type PowerpackNames = ReadonlyMap<string, string>;

/** Loads the name of each powerpack that some of the numbers are in, one request each: at most as many as a page has numbers. */
export function loadPowerpackNames(
  client: RucksackClient,
  numbers: readonly Pick<RentedNumber, 'powerpack_uuid'>[],
  signal: AbortSignal,
): Promise<PowerpackNames> {
  const uuids = new Set(numbers.flatMap(({ powerpack_uuid: uuid }) => uuid ?? []));
  return loadNames(uuids, async (uuid) => {
    const params = { path: { powerpack_uuid: uuid } };
    return (await answerOf(client.GET('/Powerpack/{powerpack_uuid}/', { params, signal }))).name;
  });
}
