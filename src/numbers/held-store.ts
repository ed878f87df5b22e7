// The SQL of held numbers: unrented ones that stay reserved for their account for a while.
import { scopeValues, visibleIn } from '../accounts/scope.ts';
import type { Reader, Transaction } from '../db/db.ts';
import type { Scope } from '../http/endpoint.ts';
import { type NumberOwner, numberColumns, type OwnerRow, ownersFromRows } from './store.ts';

const visible = visibleIn();

/** Moves rented numbers to the held ones; pools lose them by foreign key. Returns the numbers that were rented. */
export async function moveToHeld(tx: Transaction, numbers: readonly string[], now: Date): Promise<string[]> {
  await deleteHolds(tx, numbers);
  const rows = await tx.query<{ number: string }>(
    `with unrented as (delete from numbers where number = any($1) returning ${numberColumns})
     insert into held_numbers (${numberColumns}, unrented_at) select ${numberColumns}, $2 from unrented returning number`,
    [numbers, now],
  );
  return rows.map((row) => row.number);
}

/** Moves numbers that are held for a scope back to its rented ones, as they were. Returns those that were held. */
export async function moveFromHeld(
  tx: Transaction,
  scope: Scope,
  numbers: readonly string[],
): Promise<string[]> {
  const rows = await tx.query<{ number: string }>(
    `with held as (delete from held_numbers where ${visible} and number = any($3) returning ${numberColumns})
     insert into numbers (${numberColumns}) select ${numberColumns} from held on conflict (number) do nothing returning number`,
    [...scopeValues(scope), numbers],
  );
  return rows.map((row) => row.number);
}

/** Deletes the holds of numbers. */
export async function deleteHolds(tx: Transaction, numbers: readonly string[]): Promise<void> {
  await tx.query('delete from held_numbers where number = any($1)', [numbers]);
}

/** Returns which of these numbers are held, since `heldSince` or later, and for which account. */
export async function findHolds(
  db: Reader,
  numbers: readonly string[],
  heldSince: Date,
): Promise<Map<string, NumberOwner>> {
  const rows = await db.query<OwnerRow>(
    `select number, account_id, subaccount_id from held_numbers where number = any($1) and unrented_at >= $2`,
    [numbers, heldSince],
  );
  return ownersFromRows(rows);
}

/** Returns fictitious numbers of +1 that a scope cannot rent: those that are rented, or held for other accounts. */
export async function listTakenFictitious(db: Reader, scope: Scope, heldSince: Date): Promise<Set<string>> {
  const rows = await db.query<{ number: string }>(
    `select number from numbers where substr(number, 5, 5) = '55501'
     union all
     select number from held_numbers
     where substr(number, 5, 5) = '55501' and not (${visible}) and unrented_at >= $3`,
    [...scopeValues(scope), heldSince],
  );
  return new Set(rows.map((row) => row.number));
}

/** Deletes some of the holds older than `heldSince`. Returns how many. */
export async function deleteExpiredHolds(db: Reader, heldSince: Date, atMost: number): Promise<number> {
  const rows = await db.query(
    `delete from held_numbers where number in (
       select number from held_numbers where unrented_at < $1 order by unrented_at limit $2 for update skip locked)
     returning number`,
    [heldSince, atMost],
  );
  return rows.length;
}
