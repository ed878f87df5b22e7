// Messages that were sent, that arrived and that did not, beside the figures of as long a time before.
import { answerOf } from '../../../client/src/client.ts';
import { useResource } from '../live/use-resource.ts';
import { useSession } from '../session/session.ts';
import { compare, windowBefore } from './comparison.ts';
import { type Traffic, trafficInterval } from './use-traffic.ts';
import type { TrafficWindow } from './windows.ts';

interface Props {
  readonly powerpackUuid: string;
  readonly window: TrafficWindow;
  readonly traffic: Traffic;
}

export function ComparisonFigures(props: Props) {
  const before = windowBefore(props.traffic, props.window);
  return before === undefined || !props.traffic.complete ? null : <Compared {...props} before={before} />;
}

function Compared({
  powerpackUuid,
  window: { id, by },
  traffic,
  before,
}: Props & { readonly before: { readonly from: string; readonly to: string } }) {
  const { client } = useSession();
  const query = { ...before, by, powerpack_uuid: powerpackUuid };
  // Asked anew when the window has moved on by a bucket: late reports change little of a time that has passed.
  const { data } = useResource(
    `traffic before ${powerpackUuid} ${id} ${before.from}`,
    (signal) => answerOf(client.GET('/Traffic/', { params: { query }, signal })),
    [],
    { interval: trafficInterval, keepsPrevious: true },
  );
  const counted = data?.complete === true ? data.buckets : undefined;
  return (
    <ul class="figures" aria-label="Compared with the time before">
      {compare(traffic.buckets, counted).map(({ label, figure, detail }) => (
        <li key={label} class="card figure">
          <span class="figure-label">{label}</span>
          <span class="figure-value">{figure}</span>
          <span class="hint">{detail}</span>
        </li>
      ))}
    </ul>
  );
}
