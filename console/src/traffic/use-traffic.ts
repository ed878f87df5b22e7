// The figures of traffic, of a powerpack or of the whole account, as they are now.
import { useEffect, useRef } from 'preact/hooks';
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { type Resource, useResource } from '../live/use-resource.ts';
import { useSession } from '../session/session.tsx';
import type { TrafficWindow } from './windows.ts';

export type Traffic = Schemas['Traffic'];

const minuteMs = 60_000;

/** Counting reads many messages: at most every five seconds, and at most a twentieth of the time. */
export const calmly = (tookMs: number): number => Math.max(5000, 20 * tookMs);

/** Asks again when messages change, and each minute, because the window moves on. */
export function useTraffic(
  powerpackUuid: string | undefined,
  { by, buckets, id }: TrafficWindow,
): Resource<Traffic> {
  const { client } = useSession();
  const query = { by, buckets, ...(powerpackUuid !== undefined && { powerpack_uuid: powerpackUuid }) };
  const traffic = useResource(
    `${powerpackUuid} ${id}`,
    (signal) => answerOf(client.GET('/Traffic/', { params: { query }, signal })),
    ['messages'],
    calmly,
  );
  const reload = useRef(traffic.reload);
  reload.current = traffic.reload;
  useEffect(() => {
    const timer = setInterval(() => reload.current(), minuteMs);
    return () => clearInterval(timer);
  }, []);
  return traffic;
}
