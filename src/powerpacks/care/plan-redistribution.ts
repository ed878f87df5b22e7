// Plans which recipients of a powerpack get another member, and moves them.
import type { Settings } from '../../base/config.ts';
import { ApiError } from '../../base/errors.ts';
import type { Db, Reader } from '../../db/db.ts';
import type { Scope } from '../../http/endpoint.ts';
import { Routing } from '../../routing/routing.ts';
import { loadOptOuts } from '../opt-outs/opt-out-store.ts';
import { powerpackNotFound, requireLockedPowerpack } from '../require-powerpack.ts';
import { PoolCache } from '../selection/pool-cache.ts';
import type { PoolSnapshot } from '../selection/pool-snapshot.ts';
import { holdPool } from '../store.ts';
import { isLeft, type Move, planMoves } from './redistribution.ts';
import { countRecipients, loadMappings, moveRecipients } from './redistribution-store.ts';

export interface RedistributionRequest {
  readonly powerpackUuid: string;
  /** Whether the recipients of healthy members are evened out as well. */
  readonly levels: boolean;
  /** The most recipients that are looked at. */
  readonly limit: number;
}

interface Redistribution {
  readonly moves: readonly Move[];
  /** Recipients of the members in question that do not move: none fits better, or they are beyond the limit. */
  readonly staying: number;
}

interface PlanningParts {
  readonly settings: Pick<Settings, 'limits' | 'stickyDays'>;
  readonly hasSimulator: boolean;
}

/**
 * Returns the moves that a redistribution would make now. Changes nothing.
 * @throws ApiError notFound, conflict when the powerpack has no sticky senders.
 */
export async function planRedistribution(
  db: Reader,
  scope: Scope,
  { powerpackUuid, levels, limit }: RedistributionRequest,
  { settings, hasSimulator }: PlanningParts,
  now: Date,
): Promise<Redistribution> {
  const { powerpack, pool } = await readPool(db, scope, powerpackUuid, { settings, hasSimulator }, now);
  if (!powerpack.stickySender) throw new ApiError('conflict', 'the powerpack has no sticky senders');
  const { poolUuid } = powerpack;
  const members = pool.candidates();
  const recipients = await countRecipients(db, poolUuid, now, settings.stickyDays);
  const countOf = (queue: string) => recipients.get(queue) ?? 0;
  const active = members.filter((member) => !isLeft(member));
  const average = active.reduce((sum, { queue }) => sum + countOf(queue), 0) / Math.max(active.length, 1);
  const leaving = members.filter((member) => isLeft(member) || (levels && countOf(member.queue) > average));
  const mappings = await loadMappings(db, poolUuid, leaving, now, settings.stickyDays, limit);
  const people = mappings.map(({ destination }) => ({ accountId: powerpack.mainId, destination }));
  const optOuts = await loadOptOuts(db, people);
  const optOutsOf = new Map(mappings.map(({ destination }, index) => [destination, optOuts[index] ?? []]));
  const moves = planMoves(
    {
      rules: powerpack,
      members,
      recipients,
      optOutsOf: (destination) => optOutsOf.get(destination) ?? [],
    },
    mappings,
    now,
  );
  const total = leaving.reduce((sum, { queue }) => sum + countOf(queue), 0);
  return { moves, staying: total - moves.length };
}

/**
 * Makes the moves of a plan, as it is now. Returns the plan, and how many of its recipients were moved: one who has got another member
 * meanwhile stays with that.
 * @throws ApiError as `planRedistribution`.
 */
export function redistribute(
  db: Db,
  scope: Scope,
  request: RedistributionRequest,
  parts: PlanningParts,
  now: Date,
): Promise<Redistribution & { readonly moved: number }> {
  return db.transaction(async (tx) => {
    const { poolUuid } = await requireLockedPowerpack(tx, scope, request.powerpackUuid);
    await holdPool(tx, poolUuid);
    const plan = await planRedistribution(tx, scope, request, parts, now);
    const moved = await moveRecipients(tx, poolUuid, plan.moves);
    return { ...plan, moved };
  });
}

/** Reads a pool from the database, so that it knows what every process has sent. */
async function readPool(
  db: Reader,
  scope: Scope,
  uuid: string,
  { settings, hasSimulator }: PlanningParts,
  now: Date,
): Promise<PoolSnapshot> {
  const routing = new Routing(hasSimulator);
  await routing.reload(db);
  const [snapshot] = (await new PoolCache(settings, () => routing.table).get(db, [uuid], now)).values();
  if (snapshot === undefined || snapshot.powerpack.accountId !== scope.accountId) throw powerpackNotFound();
  return snapshot;
}
