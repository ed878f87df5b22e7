// The dry run of a message: which number would send it, when, and why no other would. It changes nothing.
import type { Settings } from '../../base/config.ts';
import { ApiError } from '../../base/errors.ts';
import { type LimitedPace, readPace } from '../../campaigns/pace-store.ts';
import type { Db } from '../../db/db.ts';
import type { Scope } from '../../http/endpoint.ts';
import { Routing } from '../../routing/routing.ts';
import { takesNames } from '../../telecom/alphanumeric.ts';
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
import { loadOutcomes } from '../selection/load-store.ts';
import { PoolCache } from '../selection/pool-cache.ts';
import { type Explanation, explainSelection } from '../selection/select-sender.ts';
import type { Chosen } from '../selection/selection-rule.ts';
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
  /** Until the sender is free; 0 when no member can send. */
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
  const query = {
    destination,
    service,
    takesNames: takesNames(destination, settings.alphanumericCountries),
    segments: measure.segments,
    sticky,
    optOuts,
  };
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
      ...quietWarnings(powerpack, person, now),
    ],
    ...(await readFacts(db, powerpack.mainId, selection, destination, now)),
    waitMs: selection.kind === 'chosen' ? Math.max(0, selection.candidate.freeAtMs - now.getTime()) : 0,
  };
}

/** Returns the facts of the chosen sender. */
async function readFacts(
  db: Db,
  accountId: string,
  selection: Explanation['selection'],
  destination: PhoneNumber,
  now: Date,
): Promise<Pick<SenderExplanation, 'campaign' | 'outcomes'>> {
  if (selection.kind === 'none') return { campaign: undefined, outcomes: undefined };
  const { candidate } = selection;
  const [campaign, outcomes] = await Promise.all([
    campaignOf(db, accountId, candidate, destination),
    loadOutcomes(db, [candidate.queue], now),
  ]);
  return { campaign, outcomes: outcomes.get(candidate.queue) ?? { finished: 0, delivered: 0 } };
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

function quietWarnings(
  { quietHours }: Pick<Powerpack, 'quietHours'>,
  person: string,
  now: Date,
): readonly string[] {
  if (quietHours === null) return [];
  const until = quietUntil(quietHours, timeZonesOf(person), now);
  if (until === undefined) return [];
  const words = quietInWords(quietHours, person);
  return until === 'never'
    ? [`It would fail: ${words} leave no moment of the day.`]
    : [`It would wait until ${until.toISOString()}: ${words}.`];
}

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
