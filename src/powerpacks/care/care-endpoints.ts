// The care of a pool: plans before actions. Extensions.
import type { Settings } from '../../base/config.ts';
import { defineEndpoint } from '../../http/endpoint.ts';
import type { Operating } from '../../routing/operating.ts';
import { drainFromWire } from '../pool/drain-wire.ts';
import { requirePowerpack } from '../require-powerpack.ts';
import { PowerpackPath } from '../wire.ts';
import {
  PlanRefreshInput,
  RedistributionBody,
  RedistributionInput,
  RefreshBody,
  RefreshInput,
  redistributionFromWire,
  redistributionToWire,
  refreshRulesFromWire,
  refreshToWire,
} from './care-wire.ts';
import { planRedistribution, redistribute } from './plan-redistribution.ts';
import { planRefresh, refreshPool } from './refresh-pool.ts';

interface CareParts {
  readonly settings: Settings;
  readonly operating: Operating;
}

export const planRedistributionEndpoint = defineEndpoint({
  summary: 'Plan which recipients get another sticky sender',
  description:
    'For the recipients of members that are drained, aside, not verified or unhealthy: the members that they would get, by the same rule as new recipients, and how many. Changes nothing.',
  extension: true,
  path: PowerpackPath,
  input: RedistributionInput,
  answers: { 200: RedistributionBody },
  async handle({ db, scope, path, input, now }, { settings, operating }: CareParts) {
    const request = redistributionFromWire(path.powerpack_uuid, input);
    const { hasSimulator } = operating;
    const plan = await planRedistribution(db, scope, request, { settings, hasSimulator }, now);
    return { status: 200, body: redistributionToWire(plan, plan.moves.length) };
  },
});

export const redistributeEndpoint = defineEndpoint({
  summary: 'Give recipients another sticky sender',
  description: 'Makes the moves that the plan shows, as they are now.',
  extension: true,
  path: PowerpackPath,
  input: RedistributionInput,
  answers: { 200: RedistributionBody },
  async handle({ db, scope, path, input, now }, { settings, operating }: CareParts) {
    const request = redistributionFromWire(path.powerpack_uuid, input);
    const { hasSimulator } = operating;
    const plan = await redistribute(db, scope, request, { settings, hasSimulator }, now);
    return { status: 200, body: redistributionToWire(plan, plan.moved) };
  },
});

export const planRefreshEndpoint = defineEndpoint({
  summary: 'Plan which members are replaced',
  description:
    'Members of whose messages too few arrive, each with the number that would take its place: one of the account in no pool, else one that is for sale, of the same area code. Changes nothing.',
  extension: true,
  path: PowerpackPath,
  input: PlanRefreshInput,
  answers: { 200: RefreshBody },
  async handle({ db, scope, path, input, now }, { settings }: CareParts) {
    const { poolUuid } = await requirePowerpack(db, scope, path.powerpack_uuid);
    const rules = refreshRulesFromWire(input, settings.limits);
    return { status: 200, body: refreshToWire(await planRefresh(db, scope, poolUuid, rules, settings, now)) };
  },
});

export const refreshPoolEndpoint = defineEndpoint({
  summary: 'Replace members whose messages do not arrive',
  description:
    'As the plan shows: the replacements are added to the pool, rented where they have to be, and the members are drained. All of them or none.',
  extension: true,
  path: PowerpackPath,
  input: RefreshInput,
  answers: { 200: RefreshBody },
  async handle({ db, scope, path, input, now }, { settings }: CareParts) {
    const rules = refreshRulesFromWire(input, settings.limits);
    const drain = drainFromWire(input, now);
    const planned = await refreshPool(db, scope, path.powerpack_uuid, rules, drain, settings, now);
    return { status: 200, body: refreshToWire(planned) };
  },
});
