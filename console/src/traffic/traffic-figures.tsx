// The charts of a powerpack's traffic.
import { ChartFigure } from '../charts/chart-figure.tsx';
import { labelOf } from '../charts/over-time.ts';
import { counted, moment } from '../parts/format.ts';
import { Notice } from '../parts/notice.tsx';
import type { Powerpack } from '../powerpacks/powerpack-frame.tsx';
import { AreaFigures } from './area-figures.tsx';
import { ComparisonFigures } from './comparison-figures.tsx';
import { MemberFigures } from './member-figures.tsx';
import {
  describeFailures,
  describeRates,
  describeTimes,
  describeTraffic,
  unreportedIn,
} from './sentences.ts';
import { deliveryTimeChart, failuresChart, rateChart, trafficChart, waitChart } from './traffic-charts.ts';
import type { Traffic } from './use-traffic.ts';
import { messagesIn, type TrafficWindow } from './windows.ts';

interface Props {
  readonly powerpack: Powerpack;
  readonly window: TrafficWindow;
  readonly traffic: Traffic;
}

export function TrafficFigures({ powerpack, window, traffic }: Props) {
  const { uuid } = powerpack;
  const { buckets, by, complete, complete_from, senders } = traffic;
  const labelled = buckets.map((bucket) => ({ ...bucket, label: labelOf(bucket.start, by) }));
  const waits = buckets.map(({ start, wait_ms_p50: p50, wait_ms_p95: p95 }) => ({
    label: labelOf(start, by),
    p50,
    p95,
  }));
  const deliveries = buckets.map(({ start, delivery_ms_p50: p50, delivery_ms_p95: p95 }) => ({
    label: labelOf(start, by),
    p50,
    p95,
  }));
  return (
    <div class="stack">
      {!complete && (
        <Notice tone="warn">
          These figures count every message from {moment(complete_from)} on. There are too many to read them
          all: what is before counts too little, or nothing.
        </Notice>
      )}
      <ComparisonFigures powerpackUuid={uuid} window={window} traffic={traffic} />
      <Unreported powerpack={powerpack} window={window} traffic={traffic} />
      <ChartFigure
        title="Messages over time"
        sentence={describeTraffic(buckets, window.phrase)}
        note={notes[by]}
        chart={trafficChart(buckets, by, uuid)}
      />
      <div class="columns">
        <ChartFigure
          title="Did not arrive"
          sentence={describeFailures(labelled, window.phrase)}
          note="Undelivered ones were reported by a carrier, failed ones were taken by none."
          chart={failuresChart(buckets, by, uuid)}
        />
        <ChartFigure
          title="Delivery rate"
          sentence={describeRates(labelled, window.phrase)}
          note="Of the messages with an end: delivered, undelivered or failed."
          chart={rateChart(buckets, by, uuid)}
        />
      </div>
      <div class="columns">
        <ChartFigure
          title="Wait until sent"
          sentence={describeTimes(waits, `Nothing was sent ${window.phrase}.`)}
          note="From accepted to handed to a carrier: how long messages wait in the queue."
          chart={waitChart(buckets, by, uuid)}
        />
        <ChartFigure
          title="Delivery time"
          sentence={describeTimes(deliveries, `No report came ${window.phrase}.`)}
          note="From handed to a carrier to its report that the message was delivered or not."
          chart={deliveryTimeChart(buckets, by, uuid)}
        />
      </div>
      <AreaFigures powerpackUuid={uuid} window={window} traffic={traffic} />
      <MemberFigures powerpack={powerpack} senders={senders} />
    </div>
  );
}

/** Shows how many messages have no report, and leads to them: a carrier that never reports does so of many. */
function Unreported({ powerpack: { uuid }, window, traffic: { buckets, from } }: Props) {
  const unreported = unreportedIn(buckets);
  if (unreported === 0) return null;
  const href = messagesIn(uuid, window, from, { message_state: 'sent' });
  return (
    <p>
      <a href={href}>{counted(unreported, 'message')} without a report</a>: taken by a carrier, which has not
      said what became of them.
    </p>
  );
}

const counting = 'Each message counts in the moment at which it was accepted, as what it has become by now.';
const notes = { minute: counting, hour: counting, day: `${counting} Days are those of UTC.` } as const;
