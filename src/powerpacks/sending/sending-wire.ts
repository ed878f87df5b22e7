// Our names for a powerpack's sending: dry runs and sender queues. Extensions.
import { type Static, Type } from 'typebox';
import { ApiError } from '../../base/errors.ts';
import type { SenderLimits } from '../../base/sender-limits.ts';
import { MessageCampaign, messageCampaignToWire } from '../../campaigns/usage-wire.ts';
import { orderParameters } from '../../http/order.ts';
import { pageParameters } from '../../http/page.ts';
import { isoMicroseconds, tollfreeSpellings } from '../../http/schemas.ts';
import { findRegion, regionName } from '../../telecom/area-codes.ts';
import { parseE164 } from '../../telecom/e164.ts';
import { numberHint, parseNumber } from '../../telecom/written-number.ts';
import { filtersFromWire, ListMembersInput } from '../pool/pool-wire.ts';
import { optOutScopes, senderKinds, standings } from '../powerpack.ts';
import type { Candidate } from '../selection/candidate.ts';
import { dailySegmentsOf, isHealthy, isJudged, type Outcomes, rateOf } from '../selection/limits.ts';
import { whyBusier, whyLeastBusy } from '../selection/load-words.ts';
import type { Reason } from '../selection/reason.ts';
import { reasonInWords, ruleInWords } from '../selection/selection-words.ts';
import { warmUpLimitOf } from '../selection/warm-up.ts';
import { ListPowerpacksInput } from '../wire.ts';
import type { DryRun, SenderExplanation } from './explain-sender.ts';
import {
  type MemberQueue,
  type PoolQueue,
  type PowerpackQueue,
  powerpackOrders,
  type QueueFilters,
  queueOrders,
} from './queue-store.ts';

export const ExplainInput = Type.Object({
  dst: Type.String({ maxLength: 40, description: 'Number of the recipient, with its country code.' }),
  type: Type.Optional(Type.Enum(['sms', 'mms'], { default: 'sms', description: 'sms or mms.' })),
  text: Type.Optional(Type.String({ maxLength: 20_000, description: 'The text, for its segments.' })),
});

const senderKind = Type.Enum([...senderKinds]);
const nullableText = Type.Union([Type.String(), Type.Null()]);
const nullableNumber = Type.Union([Type.Number(), Type.Null()]);

const Member = Type.Object({ country_iso2: Type.String(), number: Type.String(), type: senderKind });

const Health = Type.Object(
  {
    finished: Type.Integer(),
    delivered: Type.Integer(),
    judged: Type.Boolean({
      description: 'Whether enough have ended to judge by. A member that is not judged counts as healthy.',
    }),
    healthy: Type.Boolean(),
  },
  {
    description:
      'How many messages have ended in the last 24 hours, how many of them were delivered, and whether that is enough.',
  },
);

const healthToWire = (outcomes: Outcomes, limits: SenderLimits) => ({
  ...outcomes,
  judged: isJudged(outcomes, limits),
  healthy: isHealthy(outcomes, limits),
});

export const ExplainBody = Type.Object({
  dst: Type.String(),
  type: Type.Enum(['sms', 'mms']),
  encoding: Type.Enum(['gsm7', 'ucs2']),
  segments: Type.Integer(),
  sender: Type.Union([Member, Type.Null()]),
  warm_up: Type.Union([Type.String(), Type.Null()], {
    description: 'While the sender warms up: `warming up: 20 of 50 today`, in segments.',
  }),
  health: Type.Union([Health, Type.Null()], { description: 'Of the sender; null where no member can send.' }),
  rule: nullableText,
  because: Type.String(),
  opted_out: Type.Boolean({
    description: 'Whether an opt-out blocks it: it fails with code 200, but for one confirmation.',
  }),
  opt_outs: Type.Array(
    Type.Object({ number: nullableText, scope: Type.Enum([...optOutScopes]), opted_out_on: Type.String() }),
    {
      description:
        'What the recipient has opted out of that concerns this powerpack: the number that STOP was written to, `null` for one of another powerpack, and what it blocks.',
    },
  ),
  warnings: Type.Array(Type.String(), {
    description:
      'Sentences about a STOP of the recipient that does not keep this message from being sent, or lets one confirmation through; and about quiet hours that it would wait for.',
  }),
  wait_seconds: Type.Number(),
  campaign: Type.Union([MessageCampaign, Type.Null()], {
    description: 'The 10DLC campaign that it would go for, and what is used of its limits.',
  }),
  rejected: Type.Record(Type.String(), Type.Integer()),
  others: Type.Array(Type.Object({ ...Member.properties, reason: Type.String(), because: Type.String() })),
});

/** The most members that are shown with their reason; `rejected` counts them all. */
const maxOthers = 1000;
/** The most opt-outs and the most warnings that are shown. */
const maxOptOuts = 100;

/** @throws ApiError invalid when `dst` is no phone number. */
export function dryRunFromWire(
  { dst, type, text }: Static<typeof ExplainInput>,
  country: string | undefined,
): DryRun {
  const destination = parseNumber(dst, country);
  if (destination === undefined) {
    throw new ApiError('invalid', `dst must be a phone number with its country code${numberHint(dst)}`);
  }
  return { destination, service: type ?? 'sms', text: text ?? '' };
}

export function explanationToWire(
  { destination, service }: DryRun,
  { selection, others, measure, waitMs, outcomes, campaign, optOuts, warnings }: SenderExplanation,
  limits: SenderLimits,
  now: Date,
) {
  const isChosen = selection.kind === 'chosen';
  const sender = isChosen ? selection.candidate : undefined;
  const why = (): string => {
    if (!isChosen) return selection.why;
    if (selection.rule !== 'least_busy') return ruleInWords[selection.rule];
    const equals = others.filter(({ reason }) => reason === 'least_busy');
    return whyLeastBusy(
      selection.candidate,
      equals.map(({ candidate }) => candidate),
      now.getTime(),
    );
  };
  return {
    dst: destination.number,
    type: service,
    encoding: measure.encoding,
    segments: measure.segments,
    sender: isChosen ? memberToWire(selection.candidate) : null,
    warm_up: sender === undefined || sender.warmUpLimit === null ? null : warmUpInWords(sender),
    health: outcomes === undefined ? null : healthToWire(outcomes, limits),
    rule: isChosen ? selection.rule : null,
    because: why(),
    opted_out: isChosen && selection.optedOut,
    opt_outs: optOuts.slice(0, maxOptOuts).map(({ number, scope, optedOutAt }) => ({
      number: number ?? null,
      scope,
      opted_out_on: isoMicroseconds(optedOutAt),
    })),
    warnings: warnings.slice(0, maxOptOuts),
    wait_seconds: waitMs / 1000,
    campaign: campaign === undefined ? null : messageCampaignToWire(campaign.campaignId, campaign, now),
    rejected: selection.rejected,
    others: others.slice(0, maxOthers).map(({ candidate, reason }) => ({
      ...memberToWire(candidate),
      reason,
      because: whyNot(candidate, reason, sender, now),
    })),
  };
}

/** Returns why a member was not chosen. */
function whyNot(other: Candidate, reason: Reason, sender: Candidate | undefined, now: Date): string {
  if (reason === 'least_busy' && sender !== undefined) return whyBusier(other, sender, now.getTime());
  return reason === 'warming_up' ? warmUpInWords(other) : reasonInWords[reason];
}

const warmUpInWords = ({ segmentsToday, warmUpLimit }: Candidate): string =>
  `warming up: ${segmentsToday} of ${warmUpLimit} today`;

const memberToWire = ({ sender, kind, countryIso2 }: Pick<Candidate, 'sender' | 'kind' | 'countryIso2'>) => ({
  country_iso2: countryIso2,
  number: sender,
  type: kind,
});

const { starts_with, country_iso2, service } = ListMembersInput.properties;

export const ListQueuesInput = Type.Object({
  starts_with,
  country_iso2,
  service,
  type: Type.Optional(
    Type.Enum([...senderKinds], { spellings: tollfreeSpellings, description: 'Kind of sender.' }),
  ),
  region: Type.Optional(
    Type.String({
      maxLength: 255,
      description: 'State or province that its area code belongs to, by code or by name.',
    }),
  ),
  healthy: Type.Optional(Type.Boolean({ description: 'Only members that are healthy, or that are not.' })),
  state: Type.Optional(
    Type.Enum([...standings], {
      description:
        'Only members of this state: `draining` ones get no new recipients, those that are `aside` or `unverified` send nothing.',
    }),
  ),
  ...orderParameters(
    queueOrders,
    'without it members are listed as they were added. `health` is the share of messages that were delivered in the last 24 hours.',
  ),
  ...pageParameters,
});

/** @throws ApiError invalid for a region that is none, or prefixes that are none. */
export function queueFiltersFromWire({
  type,
  region,
  healthy,
  state,
  ...others
}: Static<typeof ListQueuesInput>): QueueFilters {
  return {
    ...filtersFromWire(others),
    kinds: type === undefined ? senderKinds : [type],
    areaCodes: region === undefined ? undefined : areaCodesOf(region),
    isHealthy: healthy,
    standing: state,
  };
}

function areaCodesOf(text: string): readonly string[] {
  const region = findRegion(text);
  if (region === undefined) {
    throw new ApiError('invalid', 'region must be a state of the US or a province of Canada');
  }
  return region.areaCodes;
}

export const QueueBody = Type.Object({
  ...Member.properties,
  region: Type.String({ description: 'State or province that its area code belongs to; empty elsewhere.' }),
  added_on: Type.String(),
  service: Type.Enum(['sms', 'mms']),
  state: Type.Enum([...standings]),
  drain_until: Type.Union([Type.String(), Type.Null()], {
    description: 'When a draining member stops sending.',
  }),
  queued: Type.Integer(),
  oldest_age_seconds: nullableNumber,
  next_free_at: Type.String(),
  segments_today: Type.Integer(),
  daily_segments: nullableNumber,
  warm_up_limit: Type.Union([Type.Integer(), Type.Null()], {
    description: 'Segments that it may send today while it warms up; null when it does not.',
  }),
  sms_per_second: nullableNumber,
  mms_per_second: nullableNumber,
  own_limits: Type.Object({
    sms_per_second: nullableNumber,
    mms_per_second: nullableNumber,
    daily_segments: nullableNumber,
  }),
  health: Health,
});

/**
 * Returns a member's sender queue for the wire. Rates and daily numbers are those that hold, `null` where there is no limit;
 * `own_limits` those that were set for the member.
 */
export function queueToWire(
  queue: MemberQueue,
  outcomes: Outcomes,
  { limits, warmUp }: { readonly limits: SenderLimits; readonly warmUp: readonly number[] },
  now: Date,
) {
  return {
    ...memberToWire(queue),
    region: regionOf(queue),
    added_on: isoMicroseconds(queue.addedAt),
    service: queue.service,
    state: queue.standing,
    drain_until: queue.drainUntil === undefined ? null : isoMicroseconds(queue.drainUntil),
    queued: queue.queued,
    oldest_age_seconds: ageSeconds(queue.oldest, now),
    next_free_at: isoMicroseconds(laterOf(queue.nextFree, now)),
    segments_today: queue.segmentsToday,
    daily_segments: dailySegmentsOf(queue, queue.dailySegments, limits) ?? null,
    warm_up_limit: warmUpLimitOf(warmUp, queue.addedAt, now),
    sms_per_second: rateOf(queue, 'sms', limits) || null,
    mms_per_second: rateOf(queue, 'mms', limits) || null,
    own_limits: {
      sms_per_second: queue.smsPerSecond,
      mms_per_second: queue.mmsPerSecond,
      daily_segments: queue.dailySegments,
    },
    health: healthToWire(outcomes, limits),
  };
}

/** Returns the name of a long code's state or province. */
function regionOf({ sender, kind }: MemberQueue): string {
  const number = kind === 'longcode' ? parseE164(sender) : undefined;
  if (number?.regionCode === undefined) return '';
  return regionName(number.countryIso2, number.regionCode) ?? '';
}

export const QueueSummary = Type.Object({
  members: Type.Integer(),
  waiting_members: Type.Integer(),
  queued: Type.Integer(),
  oldest_age_seconds: nullableNumber,
  all_free_at: Type.String(),
  segments_today: Type.Integer(),
});

export function queueSummaryToWire(queue: PoolQueue, now: Date) {
  return {
    members: queue.members,
    waiting_members: queue.waitingMembers,
    queued: queue.queued,
    oldest_age_seconds: ageSeconds(queue.oldest, now),
    all_free_at: isoMicroseconds(laterOf(queue.lastFree, now)),
    segments_today: queue.segmentsToday,
  };
}

export const ListPowerpackQueuesInput = Type.Object({
  ...ListPowerpacksInput.properties,
  ...orderParameters(powerpackOrders, 'without it powerpacks are listed as they were made.'),
});

export const PowerpackQueueBody = Type.Object({
  powerpack_uuid: Type.String(),
  name: Type.String(),
  sticky_sender: Type.Boolean(),
  local_connect: Type.Boolean(),
  deletion_protection: Type.Boolean(),
  application_id: Type.String(),
  ...QueueSummary.properties,
  healthy_members: Type.Integer({ description: 'Members that are not judged are among them.' }),
  judged_members: Type.Integer({
    description: 'Members of which enough messages ended in the last 24 hours to judge their health by.',
  }),
});

/** How many members of a powerpack could be judged by their messages, and how many of those are unhealthy. */
interface JudgedMembers {
  readonly judged: number;
  readonly unhealthy: number;
}

export function powerpackQueueToWire(
  powerpack: PowerpackQueue,
  { judged, unhealthy }: JudgedMembers,
  now: Date,
) {
  const { queue } = powerpack;
  return {
    powerpack_uuid: powerpack.uuid,
    name: powerpack.name,
    sticky_sender: powerpack.stickySender,
    local_connect: powerpack.localConnect,
    deletion_protection: powerpack.deletionProtection,
    application_id: powerpack.applicationId ?? '',
    ...queueSummaryToWire(queue, now),
    healthy_members: queue.members - unhealthy,
    judged_members: judged,
  };
}

const ageSeconds = (moment: Date | undefined, now: Date): number | null =>
  moment === undefined ? null : Math.max(0, now.getTime() - moment.getTime()) / 1000;

const laterOf = (moment: Date | undefined, now: Date): Date =>
  moment !== undefined && moment > now ? moment : now;
