// Settings of how each connection plans its statements: for the values at hand, or once for many uses. Pure.

/** Plans for the values at hand, as a session begins (`settingsFor`). */
const planEachTime = `
  set plan_cache_mode = force_custom_plan; reset random_page_cost;
  reset enable_seqscan; reset enable_hashjoin; reset enable_mergejoin`;

/**
 * Returns the settings for plans that are made once. Such a plan does not know the values, and statistics may be of a table that
 * was empty: so only indexes are allowed. Rows of hot tables are in memory: at the standard price of a page, some hundred sender
 * queues would be read from end to end for each batch.
 */
const planOnce = (set: 'set' | 'set local'): string => `
  ${set} plan_cache_mode = force_generic_plan; ${set} random_page_cost = 0.1;
  ${set} enable_seqscan = off; ${set} enable_hashjoin = off; ${set} enable_mergejoin = off`;

/** The same for a single transaction, where a pooler passes the connection on after each. */
export const planOnceInTransaction: string = planOnce('set local');

/** After so many uses of a new connection its plans are made anew, then after twice as many, and so on. */
const firstUses = 16;
const mostUses = 2048;

interface Plans {
  isOnce: boolean;
  /** Uses that are left before plans are made anew. */
  usesLeft: number;
  lastUses: number;
}

/** Remembers how each connection plans. */
export class ConnectionPlans<Connection extends object> {
  readonly #plans = new WeakMap<Connection, Plans>();

  /**
   * Returns the statements to send before a use of a connection, so that it plans that way; `undefined` where none are needed. Plans
   * that were made while tables were nearly empty must not stay while these grow: they are made anew whenever uses have doubled.
   */
  use(connection: Connection, plansOnce: boolean): string | undefined {
    const plans = this.#plans.get(connection) ?? { isOnce: false, usesLeft: firstUses, lastUses: firstUses };
    this.#plans.set(connection, plans);
    const wasOnce = plans.isOnce;
    plans.isOnce = plansOnce;
    if (!plansOnce) return wasOnce ? planEachTime : undefined;
    plans.usesLeft -= 1;
    if (plans.usesLeft >= 0) return wasOnce ? undefined : planOnce('set');
    plans.lastUses = Math.min(plans.lastUses * 2, mostUses);
    plans.usesLeft = plans.lastUses;
    return wasOnce ? 'discard plans' : `discard plans; ${planOnce('set')}`;
  }
}
