// The claims about messages after crashes, checked against the observations of clients, customers and the carrier. Pure.
import { readMessageName } from '../../../src/carriers/simulator/message-name.ts';
import type { SubmitFailure } from '../../../src/carriers/submit-error.ts';
import { submitFailures } from '../../../src/carriers/submit-error.ts';
import { nextStatuses, type Status } from '../../../src/messages/message.ts';

/** One submission as the carrier logged it. */
export interface Submitted {
  /** The process of ours that submitted it. */
  readonly process: string;
  readonly ms: number;
  readonly reference: string;
  readonly attempt: number;
  readonly sender: string;
  readonly destination: string;
  readonly segments: number;
  /** Absent where the carrier takes messages whole; else one of `parts`, from 1. */
  readonly part?: number | undefined;
  readonly parts?: number | undefined;
  /** The carrier's message id, as the simulator makes them; absent where it did not take the message. */
  readonly carrierMessageId?: string | undefined;
  readonly failure?: SubmitFailure | undefined;
}

/** A status callback as the customer received it. */
export interface ReceivedStatus {
  readonly messageId: string;
  readonly sequence: number;
  readonly status: string;
}

/** A time in which a process may have lost its work under way: it was killed, or its database was. */
export interface Death {
  /** `undefined` for all processes. */
  readonly process: string | undefined;
  readonly fromMs: number;
  readonly untilMs: number;
  /** Set where a process was only cut off: what it had sent before may reach the carrier afterwards, behind what another has sent since. */
  readonly arrivesLate?: boolean;
  /**
   * The most messages that it may have left in doubt; absent where there is no limit. A part that is answered gives its place in the window to
   * another message's, so there may be more parts than places.
   */
  readonly mostInDoubt?: number | undefined;
}

/** A message as the API shows it at the end. */
export interface Shown {
  readonly state: string;
  /** The events of its history; read only for messages that were submitted more than once. */
  readonly events: readonly string[];
}

export interface Facts {
  /** Ids that were answered with 202. */
  readonly accepted: readonly string[];
  /** By id: messages that were accepted, submitted or called back. Absent where the API does not know one. */
  readonly shown: ReadonlyMap<string, Shown>;
  readonly received: readonly ReceivedStatus[];
  readonly submitted: readonly Submitted[];
  readonly deaths: readonly Death[];
  /** Destinations that get several messages each, all from one number. */
  readonly regulars: readonly string[];
  /** Segments that each number may send in a second. */
  readonly ratePerSecond: number;
  /** Segments that the carrier may seem to take too early, because it read late what was sent before. */
  readonly lateSegments?: number | undefined;
}

export interface Claims {
  /** One sentence each; empty when every claim holds. */
  readonly breaches: readonly string[];
  readonly accepted: number;
  /** How many messages ended in each state. */
  readonly states: Readonly<Record<string, number>>;
  readonly submissions: number;
  /** Messages that the carrier took more than once. */
  readonly repeated: number;
  /** The most messages that one death left in doubt and that were taken again. */
  readonly mostInDoubt: number;
  readonly callbacks: number;
  /** Callbacks that were repeated. */
  readonly callbacksAgain: number;
  /** The most segments of a number within a second, without repeated submissions. */
  readonly fastestSecond: number;
}

/** A submission that is not recorded in the database within this time would be a fault of its own. */
const inFlightMs = 10_000;
const secondMs = 1000;
/** Segments: the simulator logs the time with a delay, so one message may seem later than it was. */
const logSlack = 1;

/** Checks all claims: each breach is a sentence, and the counts are for the log. */
export function checkClaims(facts: Facts): Claims {
  const byReference = group(facts.submitted, ({ reference }) => reference);
  const pace = checkPace(facts, byReference);
  const repeats = checkRepeats(facts);
  const ends = checkEnds(facts, byReference);
  const callbacks = checkCallbacks(facts);
  return {
    breaches: [...ends, ...callbacks.breaches, ...repeats.breaches, ...pace.breaches, ...checkSticky(facts)],
    accepted: facts.accepted.length,
    states: countStates(facts),
    submissions: facts.submitted.length,
    repeated: repeats.count,
    mostInDoubt: repeats.mostInDoubt,
    callbacks: facts.received.length,
    callbacksAgain: facts.received.length - callbacks.different,
    fastestSecond: pace.fastestSecond,
  };
}

/** Checks that every accepted message exists, with the state of its last submission and report. */
function checkEnds(
  { accepted, shown, deaths }: Facts,
  byReference: ReadonlyMap<string, readonly Submitted[]>,
): string[] {
  return accepted.flatMap((id) => {
    const state = shown.get(id)?.state;
    if (state === undefined) return [`${id} was accepted and is gone`];
    const expected = expectedStateOf(byReference.get(id) ?? [], deaths);
    return state === expected ? [] : [`${id} is ${state}, which should be ${expected}`];
  });
}

/** Returns the final state of a message with these submissions. A part that went wrong decides for all. */
function expectedStateOf(submissions: readonly Submitted[], deaths: readonly Death[]): string {
  const byPart = group(submissions, partOf);
  const states = [...byPart.values()].map((some) => {
    const attempts = inOrder(some);
    const last = attempts.at(-1);
    return last === undefined ? '' : expectedState(last, attempts.slice(0, -1), deaths);
  });
  const bad = states.find((state) => state !== 'delivered' && state !== 'sent');
  if (bad !== undefined) return bad;
  if (byPart.size < (submissions[0]?.parts ?? 1)) return 'a submission';
  return states.find((state) => state !== 'delivered') ?? 'delivered';
}

const partOf = ({ part = 1 }: Submitted): string => String(part);

/** Returns whether the carrier took the message, or perhaps did, while we did not learn it; or refused it, and our process died over that. */
const hadNoKnownEnd = (submitted: Submitted, deaths: readonly Death[]) =>
  submitted.failure === 'unanswered' ||
  submitted.carrierMessageId !== undefined ||
  deaths.some((death) => mayHaveLost(death, submitted));

/**
 * Returns the final state of a message with this last submission. One of unknown outcome is tried once more: after two such
 * attempts the message has failed (semantics section 10). An attempt that is in no log was marked by a process that died then.
 */
function expectedState(
  { attempt, failure, carrierMessageId }: Submitted,
  before: readonly Submitted[],
  deaths: readonly Death[],
): string {
  const hasUnknown = before.some((one) => hadNoKnownEnd(one, deaths)) || before.length < attempt - 1;
  if (failure === 'unanswered' && hasUnknown) return 'failed';
  if (failure !== undefined) return submitFailures[failure].retryable ? 'tried again' : 'failed';
  return readMessageName(carrierMessageId ?? '')?.outcome ?? 'sent';
}

/**
 * Checks that every change of status was called back at least once, with the same status for each sequence number, and in
 * order.
 */
function checkCallbacks({ accepted, shown, received }: Facts): { breaches: string[]; different: number } {
  const breaches: string[] = [];
  const byMessage = group(received, ({ messageId }) => messageId);
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

/** Returns whether a status may follow another. They need not be neighbours: a missing callback is another breach. */
function mayFollow(before: string, after: string): boolean {
  const next: readonly Status[] = nextStatuses.outbound[before as Status] ?? [];
  return next.some((status) => status === after || mayFollow(status, after));
}

/**
 * Checks that repeated submissions were in flight at a crash and have an event in the history, that no crash left more in doubt than it
 * may, and that no attempt was made twice.
 */
function checkRepeats({ shown, deaths, submitted }: Facts): {
  breaches: string[];
  count: number;
  mostInDoubt: number;
} {
  const breaches: string[] = [];
  const repeated = new Set<string>();
  const doubts = new Map<Death, Set<string>>();
  for (const submissions of group(submitted, ({ reference, part = 1 }) => `${reference} ${part}`).values()) {
    const attempts = inOrder(submissions);
    const reference = attempts[0]?.reference ?? '';
    for (const [index, { attempt, ms }] of attempts.entries()) {
      const before = attempts[index - 1];
      if (before?.attempt === attempt) breaches.push(`${reference}: attempt ${attempt} was made twice`);
      else if (before !== undefined && before.ms > ms)
        breaches.push(`${reference}: attempt ${attempt} was made before attempt ${before.attempt}`);
    }
    const taken = attempts.filter(({ carrierMessageId }) => carrierMessageId !== undefined);
    if (taken.length < 2) continue;
    repeated.add(reference);
    for (const [index, one] of taken.slice(0, -1).entries()) {
      if (one.failure === 'unanswered') continue;
      const next = taken[index + 1] as Submitted;
      const death = deaths.find(
        (some) => mayHaveLost(some, one) || (some.arrivesLate === true && mayHaveLost(some, next)),
      );
      if (death === undefined) breaches.push(`${reference}: the carrier was given it again for no reason`);
      else doubts.set(death, (doubts.get(death) ?? new Set<string>()).add(reference));
    }
  }
  for (const [{ process = 'the carrier or the database', mostInDoubt }, { size }] of doubts) {
    if (mostInDoubt !== undefined && size > mostInDoubt)
      breaches.push(`${process} left ${size} messages in doubt, and ${mostInDoubt} were allowed`);
  }
  for (const reference of repeated) {
    if (shown.get(reference)?.events.includes('repeated') !== true)
      breaches.push(`${reference}: its history does not say that the carrier was given it again`);
  }
  return {
    breaches,
    count: repeated.size,
    mostInDoubt: Math.max(0, ...[...doubts.values()].map(({ size }) => size)),
  };
}

/** Returns whether we could not know after a death that the carrier had taken a submission. */
function mayHaveLost(death: Death, { process, ms }: Submitted): boolean {
  return (
    (death.process === undefined || death.process === process) &&
    ms <= death.untilMs &&
    ms >= death.fromMs - inFlightMs
  );
}

/** Checks that no number sends more than it may in any second, nor in any ten, without repeated submissions. */
function checkPace(
  { submitted, ratePerSecond, lateSegments = 0 }: Facts,
  byReference: ReadonlyMap<string, readonly Submitted[]>,
): { breaches: string[]; fastestSecond: number } {
  const breaches: string[] = [];
  let fastestSecond = 0;
  for (const [sender, all] of group(submitted, ({ sender: name }) => name)) {
    // The parts of a message go together: the first one stands for all its segments.
    const first = all.filter((one) => partOf(one) === '1' && !wasTakenBefore(one, byReference));
    const sorted = first.sort((a, b) => a.ms - b.ms);
    fastestSecond = Math.max(fastestSecond, mostWithin(1, sorted));
    for (const seconds of [1, 10]) {
      const most = mostWithin(seconds, sorted);
      if (most > seconds * ratePerSecond + logSlack + lateSegments)
        breaches.push(`${sender} sent ${most} segments within ${seconds} s`);
    }
  }
  return { breaches, fastestSecond };
}

/**
 * Returns the most segments in any so many seconds. The last message counts as one: a number is busy after a message, not
 * before.
 */
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
  { reference, attempt, part }: Submitted,
  byReference: ReadonlyMap<string, readonly Submitted[]>,
): boolean {
  const all = byReference.get(reference) ?? [];
  return all.some((one) => one.part === part && one.attempt < attempt && one.carrierMessageId !== undefined);
}

/** Checks that each regular destination gets all its messages from one number. */
function checkSticky({ regulars, submitted }: Facts): string[] {
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
