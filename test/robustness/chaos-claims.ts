// What must be true after a storm of kills: judged from what clients, customers and the carrier saw. Pure.
import { readMessageName } from '../../src/carriers/simulator/message-name.ts';
import type { SubmitFailure } from '../../src/carriers/submit-error.ts';
import { submitFailures } from '../../src/carriers/submit-error.ts';
import { nextStatuses, type Status } from '../../src/messages/message.ts';

/** One submission as the carrier noted it. */
export interface Submitted {
  /** By which of our processes. */
  readonly process: string;
  readonly ms: number;
  readonly reference: string;
  readonly attempt: number;
  readonly sender: string;
  readonly destination: string;
  readonly segments: number;
  /** The carrier's name of it; absent where it was not taken. */
  readonly carrierMessageId?: string | undefined;
  readonly failure?: SubmitFailure | undefined;
}

/** A status callback as the customer got it. */
export interface ToldStatus {
  readonly messageId: string;
  readonly sequence: number;
  readonly status: string;
}

/** A time in which what a process had in flight may have been lost: it was killed, or its database was. */
export interface Death {
  /** `undefined` for all of them. */
  readonly process: string | undefined;
  readonly fromMs: number;
  readonly untilMs: number;
}

/** A message as the API shows it in the end. */
export interface Shown {
  readonly state: string;
  /** The events of its history; read only of what was submitted more than once. */
  readonly events: readonly string[];
}

export interface Facts {
  /** Identifiers that were answered with 202. */
  readonly accepted: readonly string[];
  /** By identifier: what was accepted, and what the carrier or the customer heard of. Absent where the API knows nothing of it. */
  readonly shown: ReadonlyMap<string, Shown>;
  readonly told: readonly ToldStatus[];
  readonly submitted: readonly Submitted[];
  readonly deaths: readonly Death[];
  /** Destinations that are written to again and again, and have to hear from one number. */
  readonly regulars: readonly string[];
  /** Segments a second that every number may send. */
  readonly ratePerSecond: number;
}

export interface Verdict {
  /** One sentence each; empty when every claim holds. */
  readonly breaches: readonly string[];
  readonly accepted: number;
  /** Messages by the state that they ended in. */
  readonly states: Readonly<Record<string, number>>;
  readonly submissions: number;
  /** Messages that the carrier took more than once. */
  readonly repeated: number;
  readonly callbacks: number;
  /** Callbacks that came again. */
  readonly callbacksAgain: number;
  /** The most segments that a number sent within a second, apart from what the carrier had taken before. */
  readonly fastestSecond: number;
}

/** A submission that took so long to be noted in the database would be a fault of its own. */
const inFlightMs = 10_000;
const secondMs = 1000;
/** Segments: the carrier notes the time when the machine lets it, so that one message may seem later than it was. */
const noteSlack = 1;

/** Judges all claims: each breach is a sentence, and the counts are for the log. */
export function judge(facts: Facts): Verdict {
  const byReference = group(facts.submitted, ({ reference }) => reference);
  const pace = judgePace(facts, byReference);
  const repeats = judgeRepeats(facts, byReference);
  const ends = judgeEnds(facts, byReference);
  const callbacks = judgeCallbacks(facts);
  return {
    breaches: [...ends, ...callbacks.breaches, ...repeats.breaches, ...pace.breaches, ...judgeSticky(facts)],
    accepted: facts.accepted.length,
    states: countStates(facts),
    submissions: facts.submitted.length,
    repeated: repeats.count,
    callbacks: facts.told.length,
    callbacksAgain: facts.told.length - callbacks.different,
    fastestSecond: pace.fastestSecond,
  };
}

/** Every message that was answered with 202 is there, and ended as the carrier's last word on it says. */
function judgeEnds(
  { accepted, shown }: Facts,
  byReference: ReadonlyMap<string, readonly Submitted[]>,
): string[] {
  return accepted.flatMap((id) => {
    const state = shown.get(id)?.state;
    if (state === undefined) return [`${id} was accepted and is gone`];
    const attempts = inOrder(byReference.get(id) ?? []);
    const last = attempts.at(-1);
    const before = attempts.slice(0, -1);
    const expected = last === undefined ? 'a submission' : expectedState(last, before);
    return state === expected ? [] : [`${id} is ${state}, which should be ${expected}`];
  });
}

/** Whether the carrier took it, or perhaps did, and we tried again: then we did not hear of it. */
const hadNoKnownEnd = ({ failure, carrierMessageId }: Submitted) =>
  failure === 'unanswered' || carrierMessageId !== undefined;

/**
 * How a message ends whose last submission this is. What has no known end is tried once more: after two such attempts it has failed
 * (semantics section 10).
 */
function expectedState({ failure, carrierMessageId }: Submitted, before: readonly Submitted[]): string {
  if (failure === 'unanswered' && before.some(hadNoKnownEnd)) return 'failed';
  if (failure !== undefined) return submitFailures[failure].retryable ? 'tried again' : 'failed';
  return readMessageName(carrierMessageId ?? '')?.outcome ?? 'sent';
}

/** Every change of status was told at least once, each number of the sequence meaning the same, and none goes backwards. */
function judgeCallbacks({ accepted, shown, told }: Facts): { breaches: string[]; different: number } {
  const breaches: string[] = [];
  const byMessage = group(told, ({ messageId }) => messageId);
  let different = 0;
  for (const [id, calls] of byMessage) {
    const statuses = new Map<number, string>();
    for (const { sequence, status } of calls) {
      const before = statuses.get(sequence);
      if (before !== undefined && before !== status)
        breaches.push(`${id}: callback ${sequence} said ${before} and ${status}`);
      statuses.set(sequence, status);
    }
    different += statuses.size;
    const ordered = [...statuses].sort(([a], [b]) => a - b);
    for (const [index, [, status]] of ordered.entries()) {
      const before = ordered[index - 1]?.[1];
      if (before !== undefined && !mayFollow(before, status))
        breaches.push(`${id}: ${status} was told after ${before}`);
    }
    const last = ordered.at(-1);
    if (last?.[0] !== ordered.length) breaches.push(`${id}: a callback before the ${last?.[0]}th never came`);
    if (last?.[1] !== shown.get(id)?.state)
      breaches.push(`${id} is ${shown.get(id)?.state}, but the last callback said ${last?.[1]}`);
  }
  for (const id of accepted) if (!byMessage.has(id)) breaches.push(`${id}: no callback came at all`);
  return { breaches, different };
}

/** Told statuses need not be neighbours: a callback between them may be missing, which is another breach. */
function mayFollow(before: string, after: string): boolean {
  const next: readonly Status[] = nextStatuses.outbound[before as Status] ?? [];
  return next.some((status) => status === after || mayFollow(status, after));
}

/** What the carrier took twice was in flight when something died, and its history says so; no attempt was made twice. */
function judgeRepeats(
  { shown, deaths }: Facts,
  byReference: ReadonlyMap<string, readonly Submitted[]>,
): { breaches: string[]; count: number } {
  const breaches: string[] = [];
  let count = 0;
  for (const [reference, submissions] of byReference) {
    const attempts = inOrder(submissions);
    for (const [index, { attempt, ms }] of attempts.entries()) {
      const before = attempts[index - 1];
      if (before?.attempt === attempt) breaches.push(`${reference}: attempt ${attempt} was made twice`);
      else if (before !== undefined && before.ms > ms)
        breaches.push(`${reference}: attempt ${attempt} was made before attempt ${before.attempt}`);
    }
    const taken = attempts.filter(({ carrierMessageId }) => carrierMessageId !== undefined);
    if (taken.length < 2) continue;
    count += 1;
    for (const one of taken.slice(0, -1)) {
      if (!isExcused(one, deaths))
        breaches.push(`${reference}: the carrier was given it again for no reason`);
    }
    if (shown.get(reference)?.events.includes('repeated') !== true)
      breaches.push(`${reference}: its history does not say that the carrier was given it again`);
  }
  return { breaches, count };
}

/** Whether nobody could know that the carrier had taken it. */
function isExcused({ process, ms, failure }: Submitted, deaths: readonly Death[]): boolean {
  if (failure === 'unanswered') return true;
  return deaths.some(
    (death) =>
      (death.process === undefined || death.process === process) &&
      ms <= death.untilMs &&
      ms >= death.fromMs - inFlightMs,
  );
}

/** No number sends more than it may in any second, nor in any ten, apart from what the carrier had taken before. */
function judgePace(
  { submitted, ratePerSecond }: Facts,
  byReference: ReadonlyMap<string, readonly Submitted[]>,
): { breaches: string[]; fastestSecond: number } {
  const breaches: string[] = [];
  let fastestSecond = 0;
  for (const [sender, all] of group(submitted, ({ sender: name }) => name)) {
    const sorted = all.filter((one) => !wasTakenBefore(one, byReference)).sort((a, b) => a.ms - b.ms);
    fastestSecond = Math.max(fastestSecond, mostWithin(1, sorted));
    for (const seconds of [1, 10]) {
      const most = mostWithin(seconds, sorted);
      if (most > seconds * ratePerSecond + noteSlack)
        breaches.push(`${sender} sent ${most} segments within ${seconds} s`);
    }
  }
  return { breaches, fastestSecond };
}

/** The most segments in any so many seconds. The last message counts as one: a number is busy after a message, not before. */
function mostWithin(seconds: number, sorted: readonly Submitted[]): number {
  let first = 0;
  let segments = 0;
  let most = 0;
  for (const one of sorted) {
    segments += one.segments;
    while ((sorted[first]?.ms ?? one.ms) <= one.ms - seconds * secondMs) {
      segments -= sorted[first]?.segments ?? 0;
      first += 1;
    }
    most = Math.max(most, segments - one.segments + 1);
  }
  return most;
}

function wasTakenBefore(
  { reference, attempt }: Submitted,
  byReference: ReadonlyMap<string, readonly Submitted[]>,
): boolean {
  const all = byReference.get(reference) ?? [];
  return all.some((one) => one.attempt < attempt && one.carrierMessageId !== undefined);
}

/** Who is written to again hears from the number that wrote first. */
function judgeSticky({ regulars, submitted }: Facts): string[] {
  const byDestination = group(submitted, ({ destination }) => destination);
  return regulars.flatMap((regular) => {
    const senders = new Set((byDestination.get(regular) ?? []).map(({ sender }) => sender));
    return senders.size > 1 ? [`${regular} heard from ${[...senders].join(' and ')}`] : [];
  });
}

function countStates({ accepted, shown }: Facts): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const id of accepted) {
    const state = shown.get(id)?.state ?? 'gone';
    counts[state] = (counts[state] ?? 0) + 1;
  }
  return counts;
}

const inOrder = (submissions: readonly Submitted[]): Submitted[] =>
  [...submissions].sort((a, b) => a.attempt - b.attempt || a.ms - b.ms);

function group<Item>(items: readonly Item[], nameOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const name = nameOf(item);
    const items = groups.get(name) ?? [];
    groups.set(name, items);
    items.push(item);
  }
  return groups;
}
