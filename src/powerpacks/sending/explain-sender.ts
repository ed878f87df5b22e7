// The dry run of a message: which number would send it, when, and why no other would. It changes nothing.
import type { Settings } from '../../base/config.ts';
import { ApiError } from '../../base/errors.ts';
import { type LimitedPace, readPace } from '../../campaigns/pace-store.ts';
import type { Db } from '../../db/db.ts';
import type { Scope } from '../../http/endpoint.ts';
import { Routing } from '../../routing/routing.ts';
import type { PhoneNumber } from '../../telecom/e164.ts';
import { measureMessage, type TextMeasure } from '../../telecom/segments.ts';
import type { Service } from '../../telecom/service.ts';
import { timeZonesOf } from '../../telecom/time-zones.ts';
import { optOutsToShow, type ShownOptOut, warningsOf } from '../opt-outs/explain-opt-outs.ts';
import type { OptOut } from '../opt-outs/opt-out.ts';
import { loadOptOuts } from '../opt-outs/opt-out-store.ts';
import type { Powerpack } from '../powerpack.ts';
import { quietInWords, quietUntil } from '../quiet-hours.ts';
import { powerpackNotFound } from '../require-powerpack.ts';
import type { Candidate } from '../selection/candidate.ts';
import type { Outcomes } from '../selection/limits.ts';
import { loadFreeAt, loadOutcomes } from '../selection/load-store.ts';
import { PoolCache } from '../selection/pool-cache.ts';
import type { PoolSnapshot } from '../selection/pool-snapshot.ts';
import { type Explanation, explainSelection } from '../selection/select-sender.ts';
import type { Chosen } from '../selection/selection-rule.ts';
import { senderQuery } from '../selection/sender-query.ts';
import { loadStickySenders } from '../sticky/sticky-store.ts';
import { prepareText } from './prepare-text.ts';

export interface DryRun {
  readonly destination: PhoneNumber;
  readonly service: Service;
  readonly text: string;
}

export interface SenderExplanation extends Explanation {
  /** The text as it would be sent, after smart encoding. */
  readonly measure: TextMeasure;
  /** Until the sender is free for a message of the powerpack's priority; 0 when no member can send. */
  readonly waitMs: number;
  /** How many messages of the sender have ended in the last day, and arrived; `undefined` when no member can send. */
  readonly outcomes: Outcomes | undefined;
  /** The campaign that it would go for, its limits and what is used of them. */
  readonly campaign: (LimitedPace & { readonly campaignId: string }) | undefined;
  /** The destination's opt-outs that concern the powerpack, the oldest first. */
  readonly optOuts: readonly ShownOptOut[];
  /** Sentences about opt-outs, beside that the message would fail, about a name as the sender, and about quiet hours that it would wait for. */
  readonly warnings: readonly string[];
}

/**
 * Returns which member of a powerpack would send a message now. Reads the pool from the database, so that it knows what every process
 * has sent.
 * @throws ApiError notFound for an unknown powerpack, invalid for a text that is too long.
 */
export async function explainSender(
  db: Db,
  scope: Scope,
  uuid: string,
  { destination, service, text }: DryRun,
  now: Date,
  settings: Settings,
  hasSimulator: boolean,
): Promise<SenderExplanation> {
  // Not the pools and routes of the process, which may be some seconds old.
  const routing = new Routing(hasSimulator);
  await routing.reload(db);
  const [snapshot] = (await new PoolCache(settings, () => routing.table).get(db, [uuid], now)).values();
  if (snapshot === undefined || snapshot.powerpack.accountId !== scope.accountId) {
    throw powerpackNotFound();
  }
  const { powerpack, pool } = snapshot;
  const sent = prepareText(text, powerpack.smartEncoding);
  if (sent instanceof ApiError) throw sent;

  const person = destination.number;
  const [[sticky], [optOuts = []]] = await Promise.all([
    loadStickySenders(db, [{ poolUuid: powerpack.poolUuid, destination: person }], now, settings.stickyDays),
    loadOptOuts(db, [{ accountId: powerpack.mainId, destination: person }]),
  ]);
  const measure = measureMessage(service, sent);
  const quiet = quietOf(powerpack, person, now);
  const query = senderQuery(
    { destination, service, segments: measure.segments, hasMoment: quiet !== undefined },
    { sticky, optOuts },
    settings,
  );
  const explanation = explainSelection(powerpack, pool, query, now);
  const { selection } = explanation;
  const concerned = {
    powerpackUuid: powerpack.uuid,
    isMember: (queue: string) => pool.find(queue) !== undefined,
  };
  return {
    ...explanation,
    measure,
    optOuts: optOutsToShow(optOuts, concerned),
    warnings: [
      ...(selection.kind === 'chosen' ? warningsAbout(selection, optOuts, concerned, now) : []),
      ...(quiet === undefined ? [] : [quietWarning(quiet)]),
    ],
    ...(await readFacts(db, powerpack, selection, destination, now)),
  };
}

/** Returns the facts of the chosen sender. */
async function readFacts(
  db: Db,
  { mainId, messagePriority }: PoolSnapshot['powerpack'],
  selection: Explanation['selection'],
  destination: PhoneNumber,
  now: Date,
): Promise<Pick<SenderExplanation, 'campaign' | 'outcomes' | 'waitMs'>> {
  if (selection.kind === 'none') return { campaign: undefined, outcomes: undefined, waitMs: 0 };
  const { candidate } = selection;
  const { queue } = candidate;
  const [campaign, outcomes, freeAt] = await Promise.all([
    campaignOf(db, mainId, candidate, destination),
    loadOutcomes(db, [queue], now),
    loadFreeAt(db, queue, messagePriority),
  ]);
  return {
    campaign,
    outcomes: outcomes.get(queue) ?? { finished: 0, delivered: 0 },
    waitMs: freeAt === undefined ? 0 : Math.max(0, freeAt.getTime() - now.getTime()),
  };
}

/** Returns the campaign of the chosen sender, which counts for messages to the US. */
async function campaignOf(
  db: Db,
  accountId: string,
  { campaignId }: Candidate,
  { countryIso2 }: PhoneNumber,
): Promise<SenderExplanation['campaign']> {
  if (campaignId === undefined || countryIso2 !== 'US') return undefined;
  const pace = await readPace(db, { accountId, campaignId });
  return pace && { campaignId, ...pace };
}

/** Quiet hours of the recipient that a message would wait for now. */
interface Quiet {
  readonly until: Date | 'never';
  readonly words: string;
}

function quietOf(
  { quietHours }: Pick<Powerpack, 'quietHours'>,
  person: string,
  now: Date,
): Quiet | undefined {
  if (quietHours === null) return undefined;
  const until = quietUntil(quietHours, timeZonesOf(person), now);
  return until === undefined ? undefined : { until, words: quietInWords(quietHours, person) };
}

const quietWarning = ({ until, words }: Quiet): string =>
  until === 'never'
    ? `It would fail: ${words} leave no moment of the day.`
    : `It would wait until ${until.toISOString()}: ${words}.`;

/** A name is no address of a subscriber (3GPP TS 23.040). */
const noReplies =
  'the sender is a name: the recipient cannot answer it, so cannot write STOP to it; opt-outs by hand and those of other members count';

function warningsAbout(
  { candidate }: Chosen,
  optOuts: readonly OptOut[],
  concerned: Parameters<typeof warningsOf>[2],
  now: Date,
): readonly string[] {
  const warnings = warningsOf(optOuts, candidate.queue, concerned, now);
  return candidate.kind === 'alphanumeric' ? [noReplies, ...warnings] : warnings;
}
