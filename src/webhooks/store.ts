// The SQL of calls as a log: reading them, making them again, and dropping old ones.
import { daysBefore } from '../base/days.ts';
import { firstIdOf } from '../base/id.ts';
import type { Db, Reader, Transaction } from '../db/db.ts';
import { dropPartitions, type PartitionedTable } from '../db/partitions.ts';
import type { Scope } from '../http/endpoint.ts';
import type { PageRequest } from '../http/page.ts';
import type { AttemptRecord } from './attempt.ts';
import { encodeValue, readForm } from './form.ts';
import type { CallbackTarget, WebhookKind, WebhookMethod, WebhookParameters } from './webhook.ts';

type WebhookOutcome = 'pending' | 'delivered' | 'failed';

/** A call as the log has it. */
export interface LoggedWebhook extends CallbackTarget {
  readonly id: string;
  /** The account or subaccount that owns the message or made the request. */
  readonly accountId: string;
  readonly mainId: string;
  /** Undefined for the result of a request. */
  readonly messageId: string | undefined;
  readonly kind: WebhookKind;
  /** Null once they may be kept no longer. */
  readonly parameters: WebhookParameters | null;
  readonly createdAt: Date;
  readonly outcome: WebhookOutcome;
  readonly attempts: number;
  readonly nextAt: Date | null;
  /** The last attempts, the oldest first. */
  readonly log: readonly AttemptRecord[];
}

interface WebhookRow {
  id: string;
  account_id: string;
  main_id: string;
  message_id: string | null;
  kind: WebhookKind;
  url: string;
  method: WebhookMethod;
  form: string | null;
  created_at: Date;
  outcome: WebhookOutcome;
  attempts: number;
  next_at: Date | null;
  log: AttemptRecord[];
}

const columns =
  'id, account_id, main_id, message_id, kind, url, method, form, created_at, outcome, attempts, next_at, log';

const fromRow = (row: WebhookRow): LoggedWebhook => ({
  id: row.id,
  accountId: row.account_id,
  mainId: row.main_id,
  messageId: row.message_id ?? undefined,
  kind: row.kind,
  url: row.url,
  method: row.method,
  parameters: row.form === null ? null : readForm(row.form),
  createdAt: row.created_at,
  outcome: row.outcome,
  attempts: row.attempts,
  nextAt: row.next_at,
  log: row.log,
});

/** The calls that a main account sees: those of its subaccounts too. `$1` is `viewerOf`. */
const visibleToMain = 'main_id = $1';
/** The calls that a subaccount sees, in the words of the index of subaccounts' calls. */
const visibleToSubaccount = 'account_id = $1 and account_id <> main_id';

const viewerOf = (scope: Scope): string => scope.subaccountId ?? scope.mainId;

/** Returns the statement for the scope: main accounts and subaccounts have an index each. */
const statementFor = (scope: Scope, statements: Statements): string =>
  scope.subaccountId === undefined ? statements.main : statements.subaccount;

interface Statements {
  readonly main: string;
  readonly subaccount: string;
}

const forBoth = (statement: (visible: string) => string): Statements => ({
  main: statement(visibleToMain),
  subaccount: statement(visibleToSubaccount),
});

export interface WebhookFilters {
  readonly messageId: string | undefined;
  readonly outcome: WebhookOutcome | undefined;
  readonly url: string | undefined;
  /** HTTP status of the last response. */
  readonly status: number | undefined;
  /** E.164 digits that the call is from or to. */
  readonly number: string | undefined;
}

const listSql = forBoth(
  (visible) => `
    select ${columns} from webhook_calls
    where ${visible} and ($2::uuid is null or message_id = $2) and ($3::text is null or outcome = $3)
      and ($4::text is null or url = $4) and ($5::integer is null or (log -> -1 ->> 'status')::integer = $5)
      and ($6::text is null or strpos('&' || form || '&', '&To=' || $6 || '&') > 0
        or strpos('&' || form || '&', '&From=' || $6 || '&') > 0)
    order by id desc limit $7 offset $8`,
);

/** Returns a page of calls, the newest first, and whether there is another page. */
export async function listWebhooks(
  db: Reader,
  scope: Scope,
  { messageId, outcome, url, status, number }: WebhookFilters,
  { limit, offset }: PageRequest,
): Promise<{ readonly webhooks: readonly LoggedWebhook[]; readonly hasMore: boolean }> {
  const rows = await db.query<WebhookRow>(statementFor(scope, listSql), [
    viewerOf(scope),
    messageId ?? null,
    outcome ?? null,
    url ?? null,
    status ?? null,
    number === undefined ? null : encodeValue(number),
    limit + 1,
    offset,
  ]);
  return { webhooks: rows.slice(0, limit).map(fromRow), hasMore: rows.length > limit };
}

const getSql = forBoth((visible) => `select ${columns} from webhook_calls where ${visible} and id = $2`);

/** Returns a call; `undefined` where there is none, or none that the scope sees. */
export async function getWebhook(db: Reader, scope: Scope, id: string): Promise<LoggedWebhook | undefined> {
  const rows = await db.query<WebhookRow>(statementFor(scope, getSql), [viewerOf(scope), id]);
  return rows.map(fromRow)[0];
}

const lockSql = forBoth(
  (visible) => `select ${columns} from webhook_calls where ${visible} and id = $2 for update`,
);

/** Returns the same and locks its row until the transaction ends. */
export async function lockWebhook(
  tx: Transaction,
  scope: Scope,
  id: string,
): Promise<LoggedWebhook | undefined> {
  const rows = await tx.query<WebhookRow>(statementFor(scope, lockSql), [viewerOf(scope), id]);
  return rows.map(fromRow)[0];
}

/** Makes a call due at `now` if it is not due earlier. One that is done begins anew, with all its attempts. */
export async function restartWebhook(tx: Transaction, id: string, now: Date): Promise<void> {
  await tx.query(
    `update webhook_calls set
       outcome = 'pending',
       attempts = case when outcome = 'pending' then attempts else 0 end,
       next_at = least(next_at, $2)
     where id = $1`,
    [id, now],
  );
}

/** Days that the log of webhooks is stored. It quotes messages, so hardly longer than texts: until its partition ends. */
const logDays = 7;

const waitingSql = 'select from webhook_calls where id < $1 and next_at is not null limit 1';

/** Calls, divided by when they were queued. A call that is done may be made again. */
export const webhookTable: PartitionedTable = {
  name: 'webhook_calls',
  key: 'id',
  days: 1,
  neededSql: `
    (${waitingSql})
    union all
    (select from webhook_calls where id < $1 and next_at is null and outcome = 'pending' limit 1)`,
  neededAgainSql: waitingSql,
};

/** Drops the partitions of calls that are all old, and done. Returns how many. */
export function dropOldWebhooks(db: Db, now: Date): Promise<number> {
  return dropPartitions(db, webhookTable, firstIdOf(daysBefore(now, logDays).getTime()));
}

/** Deletes up to `rows` calls that are done and whose partition would have been dropped if it held no others. Returns how many. */
export async function deleteOldWebhooks(db: Db, now: Date, rows: number): Promise<number> {
  const before = daysBefore(now, logDays + webhookTable.days);
  // Ids are in the order of time, so the oldest are found by them.
  const deleted = await db.query(
    `delete from webhook_calls where id = any(array(
       select id from webhook_calls where id < $1 and outcome <> 'pending' order by id limit $2)) returning 1`,
    [firstIdOf(before.getTime()), rows],
  );
  return deleted.length;
}
