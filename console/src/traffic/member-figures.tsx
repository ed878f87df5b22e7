// How a pool shares the work, and how much of it arrives.
import { ChartFigure } from '../charts/chart-figure.tsx';
import { counted } from '../parts/format.ts';
import type { Powerpack } from '../powerpacks/powerpack-frame.tsx';
import { describeEvenness, explainUnevenness } from './evenness.ts';
import { MemberTable } from './member-table.tsx';
import { describeDelivery } from './sentences.ts';
import { deliveryRatesChart, sharesChart } from './traffic-charts.ts';
import type { Traffic } from './use-traffic.ts';

/** As many as the server returns. */
const maxSenders = 1000;

interface Props {
  readonly powerpack: Powerpack;
  readonly senders: Traffic['senders'];
}

export function MemberFigures({ powerpack, senders }: Props) {
  const members = senders.filter(({ member }) => member);
  const left = senders.length - members.length;
  const notes = [
    explainUnevenness(
      powerpack,
      members.map(({ number }) => number),
    ),
    left > 0 && `${counted(left, 'number')} that sent in this time and left the pool since is not counted.`,
    senders.length === maxSenders && 'Only the 1,000 busiest numbers are shown.',
  ];
  return (
    <>
      <div class="columns">
        <ChartFigure
          title="Messages by member"
          sentence={describeEvenness(members.map(({ messages }) => messages))}
          note={notes.filter((note) => typeof note === 'string').join(' ')}
          chart={sharesChart(members)}
        />
        <ChartFigure
          title="Delivery rate by member"
          sentence={describeDelivery(senders)}
          note="Of the messages with an end: delivered, undelivered or failed. A number that falls behind may be filtered by a carrier. The 40 lowest are drawn."
          chart={deliveryRatesChart(senders)}
        />
      </div>
      <MemberTable members={members} />
    </>
  );
}
