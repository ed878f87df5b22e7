// The results of the traffic charts, in sentences. Pure.
import { count, counted, duration, percent, phoneNumber } from '../parts/format.ts';

/** Messages by outcome. */
export interface Outcomes {
  readonly delivered: number;
  readonly undelivered: number;
  readonly failed: number;
}

/** A rate of fewer messages is chance, and no reason to suspect a number. */
const minMessages = 10;

interface Counts extends Outcomes {
  readonly accepted: number;
  readonly received: number;
}

export interface SenderOutcomes extends Outcomes {
  readonly number: string;
}

export const finishedOf = ({ delivered, undelivered, failed }: Outcomes): number =>
  delivered + undelivered + failed;

/** Returns the share of the finished messages that were delivered, 0 to 1; `null` when none is finished. */
export function deliveryRate(outcomes: Outcomes): number | null {
  const finished = finishedOf(outcomes);
  return finished === 0 ? null : outcomes.delivered / finished;
}

/** Returns the one with the lowest delivery rate, of at least one. */
const lowestOf = <One extends Outcomes>(judged: readonly One[]): One =>
  judged.reduce((one, other) => ((deliveryRate(other) ?? 1) < (deliveryRate(one) ?? 1) ? other : one));

/** Times to delivery in milliseconds. */
interface Times {
  readonly p50: number;
  readonly p95: number;
}

/** Returns the one whose messages took longest, of at least one. */
const slowestOf = <One extends Times>(known: readonly One[]): One =>
  known.reduce((one, other) => (other.p95 > one.p95 ? other : one));

const timesInWords = ({ p50, p95 }: Times): string =>
  `half within ${duration(p50 / 1000)}, 95% within ${duration(p95 / 1000)}`;

/** Returns the sum of all buckets. */
export const totalOf = (buckets: readonly Counts[]): Counts =>
  buckets.reduce(
    (sum, one) => ({
      accepted: sum.accepted + one.accepted,
      received: sum.received + one.received,
      delivered: sum.delivered + one.delivered,
      undelivered: sum.undelivered + one.undelivered,
      failed: sum.failed + one.failed,
    }),
    { accepted: 0, received: 0, delivered: 0, undelivered: 0, failed: 0 },
  );

/** Returns the totals in a sentence. `phrase` is the stretch of time: `in the last hour`. */
export function describeTraffic(buckets: readonly Counts[], phrase: string): string {
  const total = totalOf(buckets);
  if (total.accepted === 0 && total.received === 0) return `No messages ${phrase}.`;
  const fates = [
    [total.delivered, 'delivered'],
    [total.undelivered, 'undelivered'],
    [total.failed, 'failed'],
    [Math.max(0, total.accepted - finishedOf(total)), 'not reported on yet'],
  ] as const;
  const named = fates
    .filter(([messages]) => messages > 0)
    .map(([messages, outcome]) => `${count(messages)} ${outcome}`);
  const sent = `${counted(total.accepted, 'message')} accepted ${phrase}`;
  const received = total.received === 0 ? '' : ` ${count(total.received)} received.`;
  return `${named.length === 0 ? sent : `${sent}: ${named.join(', ')}`}.${received}`;
}

/** Returns how many messages a carrier has taken and not reported on: failed ones were taken by none. */
export const unreportedIn = (buckets: readonly (Outcomes & { readonly sent: number })[]): number =>
  Math.max(
    0,
    buckets.reduce((sum, { sent, delivered, undelivered }) => sum + sent - delivered - undelivered, 0),
  );

interface LabelledOutcomes extends Outcomes {
  readonly label: string;
}

/** Returns how many messages did not arrive, and when most of them. */
export function describeFailures(buckets: readonly LabelledOutcomes[], phrase: string): string {
  const lost = buckets.map(({ label, undelivered, failed }) => ({ label, messages: undelivered + failed }));
  const total = lost.reduce((sum, { messages }) => sum + messages, 0);
  if (total === 0) return `Every message with an end arrived ${phrase}.`;
  const most = lost.reduce((one, other) => (other.messages > one.messages ? other : one));
  const all = `${counted(total, 'message')} did not arrive ${phrase}`;
  return most.messages === total
    ? `${all}, all at ${most.label}.`
    : `${all}; most at ${most.label}: ${count(most.messages)}.`;
}

/** Returns the delivery rate of all, and when it was lowest. */
export function describeRates(buckets: readonly LabelledOutcomes[], phrase: string): string {
  const whole = buckets.reduce(
    (sum, one) => ({
      delivered: sum.delivered + one.delivered,
      undelivered: sum.undelivered + one.undelivered,
      failed: sum.failed + one.failed,
    }),
    { delivered: 0, undelivered: 0, failed: 0 },
  );
  const rate = deliveryRate(whole);
  if (rate === null) return `No message has an end ${phrase}.`;
  const all = `${percent(rate)} of ${counted(finishedOf(whole), 'message')} arrived ${phrase}.`;
  const judged = buckets.filter((one) => finishedOf(one) >= minMessages);
  if (judged.length < 2) return all;
  const lowest = lowestOf(judged);
  return `${all} Lowest at ${lowest.label}: ${percent(deliveryRate(lowest) ?? 1)} of ${count(finishedOf(lowest))}.`;
}

interface Spread {
  readonly label: string;
  readonly p50: number | null;
  readonly p95: number | null;
}

/** Returns the newest and the slowest of times per bucket, in milliseconds. `none` is the sentence when there is not one. */
export function describeTimes(spreads: readonly Spread[], none: string): string {
  const known = spreads.flatMap(({ label, p50, p95 }) =>
    p50 === null || p95 === null ? [] : [{ label, p50, p95 }],
  );
  const newest = known.at(-1);
  if (newest === undefined) return none;
  const slowest = slowestOf(known);
  const now = `Newest, ${newest.label}: ${timesInWords(newest)}.`;
  return slowest === newest
    ? now
    : `${now} Slowest, ${slowest.label}: 95% within ${duration(slowest.p95 / 1000)}.`;
}

interface AreaTimes extends Outcomes {
  readonly area_code: string;
  readonly country_iso2: string;
  readonly region: string;
  readonly delivery_ms_p50: number | null;
  readonly delivery_ms_p95: number | null;
}

/** Returns the area whose messages took longest, of those with enough of them to judge by. */
export function describeAreas(areas: readonly AreaTimes[], phrase: string): string {
  const judged = areas.flatMap((area) => {
    const { delivery_ms_p50: p50, delivery_ms_p95: p95 } = area;
    return p50 === null || p95 === null || finishedOf(area) < minMessages ? [] : [{ area, p50, p95 }];
  });
  const [first] = judged;
  if (first === undefined) return `No area has ${minMessages} messages with an end ${phrase}.`;
  const {
    area: { area_code: code, country_iso2: country, region },
    ...times
  } = slowestOf(judged);
  const name = [code, region || country].filter((part) => part !== '').join(' ');
  const where = judged.length === 1 ? name : `Slowest, ${name}`;
  return `${where}: ${timesInWords(times)}.`;
}

/** Returns the rate of all, and the member with the lowest one. */
export function describeDelivery(senders: readonly SenderOutcomes[]): string {
  const finished = senders.reduce((sum, one) => sum + finishedOf(one), 0);
  if (finished === 0) return 'No message is finished yet.';
  const delivered = senders.reduce((sum, one) => sum + one.delivered, 0);
  const all = `${percent(delivered / finished)} of ${counted(finished, 'finished message')} delivered.`;
  const judged = senders.filter((one) => finishedOf(one) >= minMessages);
  if (judged.length < 2) return all;
  const lowest = lowestOf(judged);
  const rate = deliveryRate(lowest) ?? 1;
  if (rate === delivered / finished) return `${all} No member falls behind.`;
  return `${all} Lowest: ${phoneNumber(lowest.number)} with ${percent(rate)} of ${count(finishedOf(lowest))}.`;
}
