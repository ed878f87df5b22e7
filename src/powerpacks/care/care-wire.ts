// Our names for the care of a pool. Extensions.
import { type Static, Type } from 'typebox';
import type { SenderLimits } from '../../base/sender-limits.ts';
import { DrainInput } from '../pool/drain-wire.ts';
import type { RedistributionRequest } from './plan-redistribution.ts';
import { flowsOf, type Move } from './redistribution.ts';
import type { Postponement, RefreshRules } from './refresh.ts';
import type { PlannedReplacement } from './refresh-pool.ts';

const defaultRecipients = 1000;
const maxRecipients = 10_000;
/** The most pairs of members that are listed. */
const maxFlows = 1000;

export const RedistributionInput = Type.Object({
  level: Type.Optional(
    Type.Boolean({
      default: false,
      description: 'Also even out the recipients of healthy members that have more than the average.',
    }),
  ),
  recipients: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: maxRecipients,
      default: defaultRecipients,
      description: 'The most recipients that are looked at; a run after it goes on with the rest.',
    }),
  ),
});

export const redistributionFromWire = (
  powerpackUuid: string,
  { level, recipients }: Static<typeof RedistributionInput>,
): RedistributionRequest => ({
  powerpackUuid,
  levels: level ?? false,
  limit: recipients ?? defaultRecipients,
});

const Flow = Type.Object({ from: Type.String(), to: Type.String(), recipients: Type.Integer() });

export const RedistributionBody = Type.Object({
  moves: Type.Array(Flow, {
    description: `How many recipients move from which member to which, the most first; at most ${maxFlows} pairs.`,
  }),
  recipients: Type.Integer({ description: 'How many recipients move in all.' }),
  staying: Type.Integer({
    description: 'Recipients of the same members that stay: no other fits, or they come with a later run.',
  }),
});

export const redistributionToWire = (
  { moves, staying }: { readonly moves: readonly Move[]; readonly staying: number },
  moved: number,
): Static<typeof RedistributionBody> => ({
  moves: flowsOf(moves)
    .slice(0, maxFlows)
    .map(({ from, to, recipients }) => ({ from: from.sender, to: to.sender, recipients })),
  recipients: moved,
  staying,
});

const refreshRules = {
  messages: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 1_000_000,
      description:
        'Finished messages of the last 24 hours from which on a member is judged. By default those of `RUCKSACK_HEALTH_MESSAGES`.',
    }),
  ),
  delivered_percent: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 100,
      description:
        'Members of whose messages fewer were delivered are replaced. By default `RUCKSACK_HEALTH_DELIVERED`.',
    }),
  ),
  cool_down_hours: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 8760,
      default: 72,
      description: 'Hours after it was added in which a member is not replaced.',
    }),
  ),
  per_day: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 100,
      default: 5,
      description: 'The most replacements of the pool in 24 hours.',
    }),
  ),
};

export const PlanRefreshInput = Type.Object(refreshRules);

/** Returns the rules that are asked for; without them the health of members is that of the settings. */
export const refreshRulesFromWire = (
  input: Static<typeof PlanRefreshInput>,
  { healthMessages, healthDeliveredPercent }: SenderLimits,
): RefreshRules => ({
  messages: input.messages ?? Math.max(1, healthMessages),
  deliveredPercent: input.delivered_percent ?? healthDeliveredPercent,
  coolDownHours: input.cool_down_hours ?? 72,
  perDay: input.per_day ?? 5,
});

export const RefreshInput = Type.Object({ ...refreshRules, ...DrainInput.properties });

const postponedInWords: Readonly<Record<Postponement, string>> = {
  cool_down: 'it was added a short time ago',
  daily_limit: 'as many as may be were replaced in the last 24 hours',
  no_replacement: 'the account has no other number of its area code and campaign, and none is for sale',
};

export const RefreshBody = Type.Object({
  replaced: Type.Integer({ description: 'How many members get a replacement.' }),
  members: Type.Array(
    Type.Object({
      number: Type.String(),
      finished: Type.Integer(),
      delivered: Type.Integer(),
      replacement: Type.Union([Type.String(), Type.Null()]),
      rents: Type.Boolean({ description: 'Whether the replacement is rented for it.' }),
      postponed: Type.Union([Type.Enum(['cool_down', 'daily_limit', 'no_replacement']), Type.Null()]),
      because: Type.Union([Type.String(), Type.Null()], { description: 'Why it is not replaced now.' }),
    }),
    { description: 'Members of whose messages too few arrive, the worst first.' },
  ),
});

export const refreshToWire = (planned: readonly PlannedReplacement[]): Static<typeof RefreshBody> => ({
  replaced: planned.filter(({ replacement }) => replacement !== undefined).length,
  members: planned.map(({ member, replacement, postponed }) => ({
    number: member.number,
    ...member.outcomes,
    replacement: replacement?.number ?? null,
    rents: replacement?.isRented === false,
    postponed: postponed ?? null,
    because: postponed === undefined ? null : postponedInWords[postponed],
  })),
});
