// Replaces members whose messages do not arrive: plans it, and does it.
import type { Settings } from '../../base/config.ts';
import { linkNumbers } from '../../campaigns/link-numbers.ts';
import type { Db, Reader } from '../../db/db.ts';
import { insideTransaction } from '../../db/nested-db.ts';
import type { Scope } from '../../http/endpoint.ts';
import { readNewNumber } from '../../numbers/rent-numbers.ts';
import { addNumber } from '../pool/change-pool.ts';
import { drainMember } from '../pool/drain-member.ts';
import type { Drain } from '../pool/drain-store.ts';
import { requireLockedPowerpack } from '../require-powerpack.ts';
import { makeReplacementFinder, type Replacement } from './find-replacements.ts';
import { degraded, type Postponement, postponementOf, type RefreshRules } from './refresh.ts';
import { countReplacements, insertReplacement, loadJudgedNumbers, type PoolNumber } from './refresh-store.ts';

/** A member that degrades, and the number that takes its place, or why none does now. */
export type PlannedReplacement = { readonly member: PoolNumber } & (
  | { readonly replacement: Replacement; readonly postponed: undefined }
  | { readonly replacement: undefined; readonly postponed: Postponement }
);

/** Returns the members of a pool that degrade, the worst first, each with its replacement or why it has none now. Changes nothing. */
export async function planRefresh(
  reader: Reader,
  scope: Scope,
  poolUuid: string,
  rules: RefreshRules,
  settings: Settings,
  now: Date,
): Promise<PlannedReplacement[]> {
  const judged = await loadJudgedNumbers(reader, poolUuid, now);
  let replacements = await countReplacements(reader, poolUuid, now);
  const find = await makeReplacementFinder(reader, scope, settings, now);
  const planned: PlannedReplacement[] = [];
  for (const member of degraded(judged, rules)) {
    const postponed = postponementOf(member, rules, replacements, now);
    if (postponed !== undefined) {
      planned.push({ member, replacement: undefined, postponed });
      continue;
    }
    const replacement = await find(member);
    if (replacement === undefined) {
      planned.push({ member, replacement: undefined, postponed: 'no_replacement' });
      continue;
    }
    planned.push({ member, replacement, postponed: undefined });
    replacements += 1;
  }
  return planned;
}

/**
 * Replaces members as the plan says, as it is now: each replacement is added to the pool, rented first where it has to be, sends for the
 * member's campaign, and the member is drained. All of them or none.
 * @throws ApiError notFound, and what adding a number throws.
 */
export function refreshPool(
  db: Db,
  scope: Scope,
  powerpackUuid: string,
  rules: RefreshRules,
  drain: Drain,
  settings: Settings,
  now: Date,
): Promise<PlannedReplacement[]> {
  return db.transaction(async (tx) => {
    const { poolUuid } = await requireLockedPowerpack(tx, scope, powerpackUuid);
    const planned = await planRefresh(tx, scope, poolUuid, rules, settings, now);
    const inside = insideTransaction(tx, db);
    for (const { member, replacement } of planned) {
      if (replacement === undefined) continue;
      await addNumber(inside, scope, {
        poolUuid,
        number: readNewNumber(replacement.number),
        kinds: [member.kind],
        service: member.service,
        limits: {},
        rent: !replacement.isRented,
        now,
        settings,
      });
      if (member.campaignId !== null)
        await linkNumbers(inside, scope, member.campaignId, [replacement.number]);
      await drainMember(inside, scope, poolUuid, member.number, drain);
      insertReplacement(tx, poolUuid, member.number, replacement.number, now);
    }
    return planned;
  });
}
