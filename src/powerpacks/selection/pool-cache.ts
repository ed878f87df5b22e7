// The pools that this process sends from, in memory: changed members are read again, loads every few seconds.

import { LRUCache } from 'lru-cache';
import type { Settings } from '../../base/config.ts';
import { utcDay } from '../../base/days.ts';
import type { Reader } from '../../db/db.ts';
import type { RoutingTable } from '../../routing/routing-table.ts';
import { loadPoolVersions } from '../store.ts';
import type { Load } from './candidate.ts';
import { isHealthy } from './limits.ts';
import { loadOutcomes, loadQueues } from './load-store.ts';
import {
  applyChanges,
  loadSnapshots,
  type Outdated,
  type PoolSnapshot,
  readChanges,
} from './pool-snapshot.ts';
import { keptChanges } from './sending-member-store.ts';
import { warmUpLimitOf } from './warm-up.ts';

/** How old what is known of the loads may be: other processes send as well. */
const loadsAgeMs = 10_000;
/** Health is a matter of hours, and dearer to read. */
const healthAgeMs = 60_000;
/** For so long after a change of a pool another one is expected: its changes are read along with its version. */
const changingMs = 1000;
/** Of all pools together. A member takes about a kilobyte. */
const maxMembers = 200_000;
const maxPools = 10_000;

interface Entry {
  readonly snapshot: PoolSnapshot;
  /** When a change was noticed; `undefined` before the first one. */
  readonly changedAt: Date | undefined;
  /** When loads and health were read; `undefined` before they ever were. */
  loadsAt: Date | undefined;
  healthAt: Date | undefined;
}

const unread = { changedAt: undefined, loadsAt: undefined, healthAt: undefined } as const;

/** Members of a pool whose loads are to be read, and whether their health is as well. */
interface LoadsToRead {
  readonly entry: Entry;
  readonly queues: readonly string[];
  readonly withHealth: boolean;
}

/** The pools in memory. Where there are more than fit, those that were used the longest ago are dropped. */
export class PoolCache {
  readonly #limits: Settings['limits'];
  readonly #routes: () => RoutingTable | undefined;
  #knownRoutes: RoutingTable | undefined;
  readonly #entries = new LRUCache<string, Entry>({
    max: maxPools,
    maxSize: maxMembers,
    sizeCalculation: ({ snapshot }) => Math.max(1, snapshot.pool.size),
  });

  /** @param routes returns the routes of the moment, by which members without one are left out; without it none is. */
  constructor(settings: Pick<Settings, 'limits'>, routes: () => RoutingTable | undefined = () => undefined) {
    this.#limits = settings.limits;
    this.#routes = routes;
  }

  /**
   * Returns the powerpacks that are not deleted, with their pools, by uuid (in lower case, as the database writes it). Every call asks
   * for the versions, so that no member that has left a pool is chosen; when one has changed, the members that have changed are read,
   * within a transaction in the same round trip where the pool had changed within a second before.
   */
  async get(reader: Reader, uuids: readonly string[], now: Date): Promise<ReadonlyMap<string, PoolSnapshot>> {
    const rules = { limits: this.#limits, routes: this.#routes() };
    // Any member may have got or lost its route.
    if (rules.routes !== this.#knownRoutes) this.#entries.clear();
    this.#knownRoutes = rules.routes;
    const asked = [...new Set(uuids)];
    // Only a transaction reads one after the other, and holds the version: elsewhere a change might slip in between.
    const expected = 'inTransaction' in reader ? this.#changing(asked, now) : new Map<string, PoolSnapshot>();
    const [versions, early] = await Promise.all([
      loadPoolVersions(reader, asked),
      readChanges(reader, expected, now),
    ]);
    const entries = new Map<string, Entry>();
    const outdated = new Map<string, Outdated>();
    for (const [uuid, current] of versions) {
      const entry = this.#entries.get(uuid);
      const behind =
        entry === undefined ? Number.POSITIVE_INFINITY : current.version - entry.snapshot.version;
      if (entry === undefined || behind < 0 || behind > keptChanges) continue;
      if (behind === 0) entries.set(uuid, entry);
      else outdated.set(uuid, { snapshot: entry.snapshot, current });
    }
    const late = new Map([...outdated].filter(([uuid]) => !expected.has(uuid)));
    const lateSnapshots = new Map([...late].map(([uuid, { snapshot }]) => [uuid, snapshot]));
    const caughtUp = [
      ...applyChanges(outdated, early, rules, now),
      ...applyChanges(late, await readChanges(reader, lateSnapshots, now), rules, now),
    ];
    for (const [uuid, snapshot] of caughtUp) {
      const before = this.#entries.get(uuid);
      const { loadsAt, healthAt } = before ?? unread;
      // The limits of a warm-up come with the loads.
      const isKnown = before?.snapshot.powerpack.warmUp.join() === snapshot.powerpack.warmUp.join();
      entries.set(uuid, { snapshot, changedAt: now, loadsAt: isKnown ? loadsAt : undefined, healthAt });
    }
    const unknown = new Map([...versions].filter(([uuid]) => !entries.has(uuid)));
    const read = await loadSnapshots(reader, unknown, rules);
    for (const uuid of unknown.keys()) {
      const snapshot = read.get(uuid);
      // A version that was waited for may be that of a powerpack that has been deleted meanwhile.
      if (snapshot === undefined) this.#entries.delete(uuid);
      else entries.set(uuid, { snapshot, ...unread });
    }
    const old = oldLoads([...entries.values()], now);
    await readLoads(reader, old, now, this.#limits);
    for (const { entry, withHealth } of old) {
      entry.loadsAt = now;
      if (withHealth) entry.healthAt = now;
    }
    // The routes may have changed meanwhile: what was read by the former ones is for this call only.
    if (this.#knownRoutes === rules.routes)
      for (const [uuid, entry] of entries) this.#entries.set(uuid, entry);
    return new Map([...entries].map(([uuid, { snapshot }]) => [uuid, snapshot]));
  }

  /** Returns the pools that have changed a moment ago. */
  #changing(uuids: readonly string[], now: Date): ReadonlyMap<string, PoolSnapshot> {
    const pools = new Map<string, PoolSnapshot>();
    for (const uuid of uuids) {
      const entry = this.#entries.peek(uuid);
      const changedAt = entry?.changedAt;
      if (entry === undefined || changedAt === undefined) continue;
      if (Math.abs(now.getTime() - changedAt.getTime()) <= changingMs) pools.set(uuid, entry.snapshot);
    }
    return pools;
  }

  /** Returns the pools of powerpacks, which never change; `undefined` when one of them is not in memory. */
  poolUuidsOf(uuids: readonly string[]): ReadonlyMap<string, string> | undefined {
    const pools = new Map<string, string>();
    for (const uuid of uuids) {
      const entry = this.#entries.get(uuid);
      if (entry === undefined) return undefined;
      pools.set(uuid, entry.snapshot.powerpack.poolUuid);
    }
    return pools;
  }

  /**
   * Changes the load of a member to that since a commit, which other choices know at once. A pool that is not in memory is passed over.
   */
  noteLoad(powerpackUuid: string, queue: string, load: Partial<Load>): void {
    this.#entries.peek(powerpackUuid)?.snapshot.pool.setLoad(queue, load);
  }

  /** Removes the age of the loads of a pool, which are read again before it is used: another process has changed them. */
  expireLoads(powerpackUuid: string): void {
    const entry = this.#entries.peek(powerpackUuid);
    if (entry !== undefined) entry.loadsAt = undefined;
  }
}

/** Returns the pools whose loads are to be read again, because some time has passed. */
function oldLoads(entries: readonly Entry[], now: Date): LoadsToRead[] {
  return entries
    .filter(({ loadsAt }) => isOlder(loadsAt, loadsAgeMs, now))
    .map((entry) => ({
      entry,
      queues: entry.snapshot.pool.queues(),
      withHealth: isOlder(entry.healthAt, healthAgeMs, now),
    }));
}

async function readLoads(
  reader: Reader,
  wanted: readonly LoadsToRead[],
  now: Date,
  limits: Settings['limits'],
): Promise<void> {
  const queuesOf = (some: readonly LoadsToRead[]) => some.flatMap(({ queues }) => queues);
  const [loads, outcomes] = await Promise.all([
    loadQueues(reader, queuesOf(wanted), now),
    loadOutcomes(reader, queuesOf(wanted.filter(({ withHealth }) => withHealth)), now),
  ]);
  for (const { entry, queues, withHealth } of wanted) {
    const { pool, powerpack } = entry.snapshot;
    for (const queue of queues) {
      const addedAt = pool.find(queue)?.addedAt ?? now;
      const load = loads.get(queue);
      const outcome = outcomes.get(queue) ?? { finished: 0, delivered: 0 };
      pool.setLoad(queue, {
        freeAtMs: load?.nextFree.getTime() ?? 0,
        segmentsToday: load?.segmentsToday ?? 0,
        warmUpLimit: warmUpLimitOf(powerpack.warmUp, addedAt, now),
        ...(withHealth ? { healthy: isHealthy(outcome, limits) } : {}),
      });
    }
  }
}

/** Returns whether loads are to be read again: they are old, of another UTC day, or of a time that was turned back. */
function isOlder(readAt: Date | undefined, ageMs: number, now: Date): boolean {
  if (readAt === undefined || utcDay(readAt) !== utcDay(now)) return true;
  const sinceMs = now.getTime() - readAt.getTime();
  return sinceMs < 0 || sinceMs > ageMs;
}
