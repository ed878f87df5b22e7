// The SQL of opt-outs, and of the one confirmation that may follow each.
import type { Reader, Transaction } from '../../db/db.ts';
import { type OptOutScope, optOutScopes } from '../powerpack.ts';
import {
  type Blockable,
  blocks,
  confirmableUntil,
  type NewOptOut,
  type OptOut,
  type OptOutRule,
  type Rest,
  restAfterStart,
} from './opt-out.ts';
import type { Cause, OptOutChange } from './opt-out-change.ts';

/** A person and the main account whose messages the person has opted out of; the main account owns the numbers. */
type OptOutKey = Pick<OptOut, 'accountId' | 'destination'>;

interface OptOutRow {
  account_id: string;
  destination: string;
  queue: string | null;
  powerpack_uuid: string | null;
  scope: OptOutScope;
  opted_out_at: Date;
  confirmed: boolean;
  excepted: string[];
}

const columns = `opt_outs.account_id, opt_outs.destination, opt_outs.queue, opt_outs.powerpack_uuid, opt_outs.scope,
  opt_outs.opted_out_at, opt_outs.confirmed, opt_outs.excepted`;

const fromRow = (row: OptOutRow): OptOut => ({
  accountId: row.account_id,
  destination: row.destination,
  queue: row.queue ?? undefined,
  powerpackUuid: row.powerpack_uuid ?? undefined,
  scope: row.scope,
  optedOutAt: row.opted_out_at,
  isConfirmed: row.confirmed,
  ...(row.excepted.length === 0 ? undefined : { excepted: row.excepted }),
});

/**
 * Returns the SQL condition that a row of `opt_outs` blocks a message of its destination (`blocks`), by the columns of sender queue and
 * powerpack.
 */
export const blocksSql = (queue: string, powerpackUuid: string): string =>
  `(opt_outs.queue = ${queue}
    or (opt_outs.scope = 'account' and not (opt_outs.excepted && array[${queue}, ${powerpackUuid}::text]))
    or (opt_outs.scope = 'powerpack' and opt_outs.powerpack_uuid = ${powerpackUuid}))`;

/** Returns the opt-outs of each destination in the order of the keys, the oldest first. */
export async function loadOptOuts(
  reader: Reader,
  keys: readonly OptOutKey[],
): Promise<(readonly OptOut[])[]> {
  if (keys.length === 0) return [];
  const rows = await reader.query<OptOutRow & { place: number }>(
    `select asked.place, ${columns}
     from unnest($1::text[], $2::text[]) with ordinality as asked (account_id, destination, place)
     join opt_outs on opt_outs.account_id = asked.account_id and opt_outs.destination = asked.destination
     order by opt_outs.opted_out_at, opt_outs.queue, opt_outs.powerpack_uuid`,
    [keys.map((key) => key.accountId), keys.map((key) => key.destination)],
  );
  const found = new Map<number, OptOut[]>();
  for (const row of rows) {
    const optOuts = found.get(row.place) ?? [];
    found.set(row.place, optOuts);
    optOuts.push(fromRow(row));
  }
  return keys.map((_, index) => found.get(index + 1) ?? none);
}

const none: readonly OptOut[] = [];

type AddedRow = Pick<OptOutRow, 'account_id' | 'destination' | 'queue' | 'powerpack_uuid'> & {
  is_new: boolean;
};

// Rows are locked in one order by all that lock several.
const addSql = `
  insert into opt_outs as known
    (account_id, destination, queue, powerpack_uuid, scope, opted_out_at, confirmed, source, reason, author, message_id)
  select account_id, destination, queue, powerpack_uuid, scope, opted_out_at, source <> 'message', source, reason, author, message_id
  from unnest($1::text[], $2::text[], $3::text[], $4::uuid[], $5::text[], $6::timestamptz[], $7::text[], $8::text[], $9::text[], $10::uuid[])
    as added (account_id, destination, queue, powerpack_uuid, scope, opted_out_at, source, reason, author, message_id)
  order by account_id, destination, queue, powerpack_uuid
  on conflict on constraint opt_outs_once do update set scope = excluded.scope, excepted = '{}',
    opted_out_at = case when known.excepted = '{}' then known.opted_out_at else excluded.opted_out_at end
  where array_position($11::text[], known.scope) < array_position($11::text[], excluded.scope)
    or (known.scope = excluded.scope and known.excepted <> '{}' and known.opted_out_at < excluded.opted_out_at)
  returning known.account_id, known.destination, known.queue, known.powerpack_uuid, known.xmax = 0 as is_new`;

/**
 * Stores opt-outs, no two of which have the same person, number and powerpack. Returns what it changed: one that is there already keeps its
 * moment and its cause, and widens where the scope is wider by now. One that START has taken something out of blocks all again from the moment
 * of a later one; the same one, as an export has it, leaves what START let through.
 */
export async function addOptOuts(
  tx: Transaction,
  optOuts: readonly (NewOptOut & { readonly cause: Cause })[],
): Promise<readonly OptOutChange[]> {
  if (optOuts.length === 0) return [];
  const rows = await tx.query<AddedRow>(addSql, [
    optOuts.map(({ accountId }) => accountId),
    optOuts.map(({ destination }) => destination),
    optOuts.map(({ queue }) => queue ?? null),
    optOuts.map(({ powerpackUuid }) => powerpackUuid ?? null),
    optOuts.map(({ scope }) => scope),
    optOuts.map(({ optedOutAt }) => optedOutAt),
    optOuts.map(({ cause }) => cause.source),
    optOuts.map(({ cause }) => cause.reason ?? null),
    optOuts.map(({ cause }) => cause.author ?? null),
    optOuts.map(({ cause }) => cause.messageId ?? null),
    optOutScopes,
  ]);
  const isNew = new Map(
    rows.map((row) => [keyOf(row.account_id, row.destination, row.queue, row.powerpack_uuid), row.is_new]),
  );
  return optOuts.flatMap(({ cause, ...optOut }) => {
    const { accountId, destination, queue, powerpackUuid } = optOut;
    const added = isNew.get(keyOf(accountId, destination, queue ?? null, powerpackUuid ?? null));
    if (added === undefined) return [];
    return [{ ...optOut, cause, change: added ? ('added' as const) : ('widened' as const) }];
  });
}

const keyOf = (accountId: string, destination: string, queue: string | null, uuid: string | null): string =>
  `${accountId} ${destination} ${queue ?? ''} ${uuid ?? ''}`;

// Rows are locked in one order by all that lock several.
const widenSql = `
  with locked as (
    select account_id, destination, queue from opt_outs where powerpack_uuid = $1 and scope = any($3::text[])
    order by account_id, destination, queue for update)
  update opt_outs set scope = $2 from locked
  where opt_outs.powerpack_uuid = $1 and opt_outs.account_id = locked.account_id
    and opt_outs.destination = locked.destination and opt_outs.queue is not distinct from locked.queue`;

/**
 * Changes the opt-outs of a powerpack to its new, wider scope. Opt-outs that are wider stay as they are: a setting releases no person.
 */
export async function widenOptOuts(tx: Transaction, { uuid, scope }: OptOutRule): Promise<void> {
  await tx.query(widenSql, [uuid, scope, narrowerThan(scope)]);
}

const narrowerThan = (scope: OptOutScope): readonly OptOutScope[] =>
  optOutScopes.slice(0, optOutScopes.indexOf(scope));

const lockAllSql = `
  select ${columns} from opt_outs where account_id = $1 and destination = $2
  order by opt_outs.queue, opt_outs.powerpack_uuid for update`;

const sameRow = `opt_outs.account_id = $1 and opt_outs.destination = $2
  and opt_outs.queue is not distinct from changed.queue and opt_outs.powerpack_uuid is not distinct from changed.powerpack_uuid`;

const deleteSql = `
  delete from opt_outs using unnest($3::text[], $4::uuid[]) as changed (queue, powerpack_uuid) where ${sameRow}`;

const narrowSql = `
  update opt_outs set scope = changed.scope, excepted = string_to_array(changed.excepted, ',')
  from unnest($3::text[], $4::uuid[], $5::text[], $6::text[]) as changed (queue, powerpack_uuid, scope, excepted) where ${sameRow}`;

/** Follows START, written to a number of these powerpacks (`restAfterStart`). Returns what it changed. */
export async function endOptOuts(
  tx: Transaction,
  { accountId, destination }: OptOutKey,
  queue: string,
  powerpacks: readonly OptOutRule[],
  cause: Cause,
): Promise<readonly OptOutChange[]> {
  const present = await lockOptOuts(tx, { accountId, destination });
  const after = present.map((optOut) => ({ optOut, rest: restAfterStart(optOut, queue, powerpacks) }));
  const ended = after.filter(({ rest }) => rest === undefined).map(({ optOut }) => optOut);
  const narrowed = after.flatMap(({ optOut, rest }) =>
    rest === undefined || isSame(optOut, rest) ? [] : [{ ...optOut, ...rest }],
  );
  removeOptOuts(tx, { accountId, destination }, ended);
  if (narrowed.length > 0) {
    tx.send(narrowSql, [
      accountId,
      destination,
      narrowed.map(({ queue: narrowedQueue }) => narrowedQueue ?? null),
      narrowed.map(({ powerpackUuid }) => powerpackUuid ?? null),
      narrowed.map(({ scope }) => scope),
      narrowed.map(({ excepted = [] }) => excepted.join(',')),
    ]);
  }
  return [
    ...ended.map((optOut) => ({ ...optOut, cause, change: 'removed' as const })),
    ...narrowed.map((optOut) => ({ ...optOut, cause, change: 'narrowed' as const })),
  ];
}

const isSame = (optOut: OptOut, rest: Rest): boolean =>
  optOut.scope === rest.scope && optOut.excepted?.length === rest.excepted?.length;

/** Returns the opt-outs of a person, locked until the transaction ends. */
export async function lockOptOuts(tx: Transaction, key: OptOutKey): Promise<readonly OptOut[]> {
  const rows = await tx.query<OptOutRow>(lockAllSql, [key.accountId, key.destination]);
  return rows.map(fromRow);
}

/** Deletes opt-outs of a person, which are locked. */
export function removeOptOuts(
  tx: Transaction,
  { accountId, destination }: OptOutKey,
  optOuts: readonly OptOut[],
): void {
  if (optOuts.length === 0) return;
  const queues = optOuts.map(({ queue }) => queue ?? null);
  const powerpacks = optOuts.map(({ powerpackUuid }) => powerpackUuid ?? null);
  tx.send(deleteSql, [accountId, destination, queues, powerpacks]);
}

/** A message that opt-outs block. */
export type BlockedMessage = OptOutKey & Blockable;

// Rows are locked in one order by all that lock several.
const lockBlockingSql = `
  select ${columns} from opt_outs
  where (account_id, destination) in (select * from unnest($1::text[], $2::text[]))
  order by account_id, destination, queue, powerpack_uuid
  for update`;

const confirmSql = `
  update opt_outs set confirmed = true
  from unnest($1::text[], $2::text[], $3::text[], $4::uuid[]) as taken (account_id, destination, queue, powerpack_uuid)
  where opt_outs.account_id = taken.account_id and opt_outs.destination = taken.destination
    and opt_outs.queue is not distinct from taken.queue and opt_outs.powerpack_uuid is not distinct from taken.powerpack_uuid`;

/**
 * Takes the confirmation of opt-outs (`confirmableUntil`) for messages of the customer's. Returns for each message, in order, whether
 * it goes: of several that one opt-out blocks the first. All the opt-outs that block a message must have theirs left. However many
 * messages there are, it takes two statements at most.
 */
export async function takeConfirmations(
  tx: Transaction,
  blocked: readonly BlockedMessage[],
  now: Date,
): Promise<readonly boolean[]> {
  if (blocked.length === 0) return [];
  const rows = await tx.query<OptOutRow>(lockBlockingSql, [
    blocked.map(({ accountId }) => accountId),
    blocked.map(({ destination }) => destination),
  ]);
  const optOuts = new Map<string, OptOut[]>();
  for (const optOut of rows.map(fromRow)) {
    const ofPerson = optOuts.get(personOf(optOut)) ?? [];
    optOuts.set(personOf(optOut), ofPerson);
    ofPerson.push(optOut);
  }
  const taken = new Set<OptOut>();
  const isConfirmable = (optOut: OptOut) => !taken.has(optOut) && now < (confirmableUntil(optOut) ?? now);
  const answers = blocked.map((message) => {
    // An opt-out that ended meanwhile blocks nothing.
    const blocking = (optOuts.get(personOf(message)) ?? []).filter((optOut) => blocks(optOut, message));
    if (blocking.length === 0 || !blocking.every(isConfirmable)) return false;
    for (const optOut of blocking) taken.add(optOut);
    return true;
  });
  if (taken.size > 0) {
    const confirmed = [...taken];
    tx.send(confirmSql, [
      confirmed.map(({ accountId }) => accountId),
      confirmed.map(({ destination }) => destination),
      confirmed.map(({ queue }) => queue ?? null),
      confirmed.map(({ powerpackUuid }) => powerpackUuid ?? null),
    ]);
  }
  return answers;
}

const personOf = ({ accountId, destination }: OptOutKey): string => `${accountId} ${destination}`;
