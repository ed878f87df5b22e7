// The SQL of opt-outs: who wrote STOP, and what that blocks.
import type { Reader, Transaction } from '../db/db.ts';

/** Whose opt-outs from which account's messages; the account is the main one, which owns the numbers. */
export interface OptOutKey {
  readonly accountId: string;
  /** E.164 digits of who opted out. */
  readonly destination: string;
}

/** `scope` is a lane (`laneOf`), or all members of a pool (`poolScope`). */
export interface OptOut extends OptOutKey {
  readonly scope: string;
}

/** The scopes that each of the destinations has opted out of, an answer for each key in order. */
export async function loadOptOuts(
  reader: Reader,
  keys: readonly OptOutKey[],
): Promise<ReadonlySet<string>[]> {
  if (keys.length === 0) return [];
  const rows = await reader.query<{ place: number; scopes: string[] }>(
    `select asked.place, array_agg(opt_outs.scope order by opt_outs.scope) as scopes
     from unnest($1::text[], $2::text[]) with ordinality as asked (account_id, destination, place)
     join opt_outs on opt_outs.account_id = asked.account_id and opt_outs.destination = asked.destination
     group by asked.place`,
    [keys.map((key) => key.accountId), keys.map((key) => key.destination)],
  );
  const scopes = new Map(rows.map((row) => [row.place, new Set(row.scopes)]));
  return keys.map((_, index) => scopes.get(index + 1) ?? new Set());
}

/** Notes an opt-out; answers whether it is new. One that is there already keeps its moment, and what it let through. */
export async function addOptOut(tx: Transaction, optOut: OptOut, now: Date): Promise<boolean> {
  const rows = await tx.query(
    `insert into opt_outs (account_id, destination, scope, opted_out_at, acknowledged)
     values ($1, $2, $3, $4, false) on conflict do nothing returning 1`,
    [optOut.accountId, optOut.destination, optOut.scope, now],
  );
  return rows.length === 1;
}

/** Forgets what the destination opted out of, as far as `scopes` name it; answers whether there was anything. */
export async function removeOptOuts(
  tx: Transaction,
  key: OptOutKey,
  scopes: readonly string[],
): Promise<boolean> {
  const rows = await tx.query(
    'delete from opt_outs where account_id = $1 and destination = $2 and scope = any($3::text[]) returning 1',
    [key.accountId, key.destination, scopes],
  );
  return rows.length > 0;
}

const graceMs = 5 * 60 * 1000;

/**
 * Lets one message through as the acknowledgement: true once, within five minutes of the opt-out (wire-data-plane section 13).
 * `scopes` are those that block the message; all of them must have their grace left.
 */
export async function takeGrace(
  tx: Transaction,
  key: OptOutKey,
  scopes: readonly string[],
  now: Date,
): Promise<boolean> {
  const rows = await tx.query<{ has_grace: boolean }>(
    `select not acknowledged and opted_out_at > $4 as has_grace from opt_outs
     where account_id = $1 and destination = $2 and scope = any($3::text[]) order by scope for update`,
    [key.accountId, key.destination, scopes, new Date(now.getTime() - graceMs)],
  );
  if (rows.length === 0 || rows.some((row) => !row.has_grace)) return false;
  await tx.query(
    `update opt_outs set acknowledged = true
     where account_id = $1 and destination = $2 and scope = any($3::text[])`,
    [key.accountId, key.destination, scopes],
  );
  return true;
}
