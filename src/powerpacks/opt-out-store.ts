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

/** A message that opt-outs block. */
export interface WantedGrace extends OptOutKey {
  /** Those of the destination's scopes that block it: all of them must have their grace left. */
  readonly scopes: readonly string[];
}

// Rows are locked in one order by all who lock several.
const lockGracesSql = `
  select opt_outs.account_id, opt_outs.destination, opt_outs.scope, not acknowledged and opted_out_at > $4 as has_grace
  from unnest($1::text[], $2::text[], $3::text[]) as asked (account_id, destination, scope)
  join opt_outs using (account_id, destination, scope)
  order by opt_outs.account_id, opt_outs.destination, opt_outs.scope
  for update of opt_outs`;

const acknowledgeSql = `
  update opt_outs set acknowledged = true
  from unnest($1::text[], $2::text[], $3::text[]) as taken (account_id, destination, scope)
  where opt_outs.account_id = taken.account_id and opt_outs.destination = taken.destination
    and opt_outs.scope = taken.scope`;

/**
 * Lets one message through as the acknowledgement of an opt-out, within five minutes of it (wire-data-plane section 13). Answers for
 * each message, in order, whether it goes: of several that one opt-out blocks the first. However many there are, it takes two
 * statements at most.
 */
export async function takeGraces(
  tx: Transaction,
  wanted: readonly WantedGrace[],
  now: Date,
): Promise<readonly boolean[]> {
  if (wanted.length === 0) return [];
  const graces = await lockGraces(tx, wanted.flatMap(optOutsOf), new Date(now.getTime() - graceMs));
  const taken: OptOut[] = [];
  const answers = wanted.map((one) => {
    // What was taken back meanwhile blocks nothing.
    const blocking = optOutsOf(one).filter((optOut) => graces.has(textOf(optOut)));
    if (blocking.length === 0 || !blocking.every((optOut) => graces.get(textOf(optOut)))) return false;
    for (const optOut of blocking) graces.set(textOf(optOut), false);
    taken.push(...blocking);
    return true;
  });
  if (taken.length > 0) tx.send(acknowledgeSql, columnsOf(taken));
  return answers;
}

/** Locks opt-outs. Answers for each that is there, by its text, whether it may still let a message through: it is later than `since`. */
async function lockGraces(
  tx: Transaction,
  optOuts: readonly OptOut[],
  since: Date,
): Promise<Map<string, boolean>> {
  const rows = await tx.query<{
    account_id: string;
    destination: string;
    scope: string;
    has_grace: boolean;
  }>(lockGracesSql, [...columnsOf(optOuts), since]);
  return new Map(
    rows.map(({ account_id: accountId, destination, scope, has_grace }) => [
      textOf({ accountId, destination, scope }),
      has_grace,
    ]),
  );
}

const optOutsOf = ({ accountId, destination, scopes }: WantedGrace): OptOut[] =>
  scopes.map((scope) => ({ accountId, destination, scope }));

const textOf = ({ accountId, destination, scope }: OptOut): string => `${accountId} ${destination} ${scope}`;

function columnsOf(
  optOuts: readonly OptOut[],
): [accounts: string[], destinations: string[], scopes: string[]] {
  return [
    optOuts.map(({ accountId }) => accountId),
    optOuts.map(({ destination }) => destination),
    optOuts.map(({ scope }) => scope),
  ];
}
