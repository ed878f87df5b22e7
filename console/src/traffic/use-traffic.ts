// The figures of a powerpack's traffic, as they are now.
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { atLeast } from '../live/intervals.ts';
import { useEvery } from '../live/use-every.ts';
import { type Resource, useResource } from '../live/use-resource.ts';
import { useSession } from '../session/session.ts';
import type { TrafficWindow } from './windows.ts';

export type Traffic = Schemas['Traffic'];

/**
 * Returns the wait before the next request: at least five seconds, and ten times the time that the last one took. Counting reads
 * many messages.
 */
export const trafficInterval = atLeast(5000);

/** The window moves on, whether or not anything happens. */
export const figuresEveryMs = 60_000;

/** Asks again when messages change, and each minute. */
export function useTraffic(
  powerpack_uuid: string,
  { by, buckets, bounds, id }: TrafficWindow,
): Resource<Traffic> {
  const { client } = useSession();
  const query = { by, powerpack_uuid, ...(bounds ?? { buckets }) };
  const traffic = useResource(
    `traffic ${powerpack_uuid} ${id}`,
    (signal) => answerOf(client.GET('/Traffic/', { params: { query }, signal })),
    ['messages', 'powerpacks'],
    { interval: trafficInterval },
  );
  useEvery(figuresEveryMs, traffic.reload);
  return traffic;
}
