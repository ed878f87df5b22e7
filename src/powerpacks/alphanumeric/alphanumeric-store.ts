// The SQL of names to send as.
import type { Reader, Transaction } from '../../db/db.ts';
import type { PageRequest } from '../../http/page.ts';
import type { AlphanumericSender, ApprovalStatus } from './alphanumeric-sender.ts';

/** A row of `alphanumeric_senders`. */
export interface SenderRow {
  id: string;
  account_id: string;
  name: string;
  status: ApprovalStatus;
  note: string | null;
  reason: string | null;
  requested_at: Date;
  decided_at: Date | null;
}

/** The columns of a `SenderRow`. */
export const columns =
  'alphanumeric_senders.id, account_id, name, status, note, reason, requested_at, decided_at';

/** Returns the name in a row of `columns`. */
export const fromRow = (row: SenderRow): AlphanumericSender => ({
  id: row.id,
  accountId: row.account_id,
  name: row.name,
  status: row.status,
  note: row.note ?? undefined,
  reason: row.reason ?? undefined,
  requestedAt: row.requested_at,
  decidedAt: row.decided_at ?? undefined,
});

/** The names of a list: of one account, of one status, or all. */
interface SenderFilter {
  readonly accountId: string | undefined;
  readonly status: ApprovalStatus | undefined;
}

const listed = '($1::text is null or account_id = $1) and ($2::text is null or status = $2)';
const filterValues = ({ accountId, status }: SenderFilter) => [accountId ?? null, status ?? null];

/** Returns a page of names, the first asked for first. */
export async function listSenders(
  db: Reader,
  filter: SenderFilter,
  page: PageRequest,
): Promise<AlphanumericSender[]> {
  const rows = await db.query<SenderRow>(
    `select ${columns} from alphanumeric_senders where ${listed} order by requested_at, id limit $3 offset $4`,
    [...filterValues(filter), page.limit, page.offset],
  );
  return rows.map(fromRow);
}

/** Returns how many names `listSenders` would list on all pages. */
export async function countSenders(db: Reader, filter: SenderFilter): Promise<number> {
  const rows = await db.query<{ count: number }>(
    `select count(*) as count from alphanumeric_senders where ${listed}`,
    filterValues(filter),
  );
  return rows[0]?.count ?? 0;
}

/** Returns a name of an account; upper and lower case are the same. */
export async function findSender(
  db: Reader,
  accountId: string,
  name: string,
): Promise<AlphanumericSender | undefined> {
  const rows = await db.query<SenderRow>(
    `select ${columns} from alphanumeric_senders where account_id = $1 and lower(name) = lower($2)`,
    [accountId, name],
  );
  return rows.map(fromRow)[0];
}

/** Returns the same as `findSender`, locked against deletion until the transaction ends. */
export async function holdSender(
  tx: Transaction,
  accountId: string,
  name: string,
): Promise<AlphanumericSender | undefined> {
  const rows = await tx.query<SenderRow>(
    `select ${columns} from alphanumeric_senders where account_id = $1 and lower(name) = lower($2) for key share`,
    [accountId, name],
  );
  return rows.map(fromRow)[0];
}

/** Stores a name that an account asks for. One that it has already violates `alphanumeric_senders_once`. */
export async function insertSender(tx: Transaction, sender: AlphanumericSender): Promise<void> {
  await tx.query(
    `insert into alphanumeric_senders (id, account_id, name, status, note, requested_at) values ($1, $2, $3, $4, $5, $6)`,
    [sender.id, sender.accountId, sender.name, sender.status, sender.note ?? null, sender.requestedAt],
  );
}

/**
 * Stores the operator's decision on a name; what waits in its sender queue fails when it is approved no more. Returns the name, or
 * `undefined` where there is none. One that another account has violates `alphanumeric_senders_approved`.
 */
export async function saveDecision(
  tx: Transaction,
  id: string,
  status: ApprovalStatus,
  reason: string | undefined,
  now: Date,
): Promise<AlphanumericSender | undefined> {
  const rows = await tx.query<SenderRow>(
    `update alphanumeric_senders set status = $2, reason = $3, decided_at = $4 where id = $1 returning ${columns}`,
    [id, status, reason ?? null, now],
  );
  return rows.map(fromRow)[0];
}

/** Deletes a name of an account; it leaves its pools by foreign key. Returns whether it was there. */
export async function deleteSender(tx: Transaction, accountId: string, name: string): Promise<boolean> {
  const rows = await tx.query(
    'delete from alphanumeric_senders where account_id = $1 and lower(name) = lower($2) returning id',
    [accountId, name],
  );
  return rows.length === 1;
}
