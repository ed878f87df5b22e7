// The SQL of calls as a log: what customers see of them, making them again, and dropping old ones.
import { scopeValues } from '../accounts/scope.ts';
import { uuidv7 } from '../base/id.ts';
import type { Db, Reader, Transaction } from '../db/db.ts';
import type { Scope } from '../http/endpoint.ts';
import type { PageRequest } from '../http/page.ts';
import type { AttemptRecord } from './attempt.ts';
import type { WebhookKind, WebhookMethod, WebhookParameters } from './webhook.ts';

export type WebhookOutcome = 'pending' | 'delivered' | 'failed';

/** A call as the log has it. */
export interface LoggedWebhook {
  readonly id: string;
  readonly messageId: string;
  readonly kind: WebhookKind;
  readonly url: string;
  readonly method: WebhookMethod;
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
  message_id: string;
  kind: WebhookKind;
  url: string;
  method: WebhookMethod;
  parameters: WebhookParameters | null;
  created_at: Date;
  outcome: WebhookOutcome;
  attempts: number;
  next_at: Date | null;
  log: AttemptRecord[];
}

const columns = 'id, message_id, kind, url, method, parameters, created_at, outcome, attempts, next_at, log';

const fromRow = (row: WebhookRow): LoggedWebhook => ({
  id: row.id,
  messageId: row.message_id,
  kind: row.kind,
  url: row.url,
  method: row.method,
  parameters: row.parameters,
  createdAt: row.created_at,
  outcome: row.outcome,
  attempts: row.attempts,
  nextAt: row.next_at,
  log: row.log,
});

/** A main account sees the calls of its subaccounts too. The values are `scopeValues`. */
const visible = 'main_id = $1 and ($2::text is null or account_id = $2)';

export interface WebhookFilters {
  readonly messageId: string | undefined;
  readonly outcome: WebhookOutcome | undefined;
}

const filtered = `${visible} and ($3::uuid is null or message_id = $3) and ($4::text is null or outcome = $4)`;

const filterValues = (scope: Scope, { messageId, outcome }: WebhookFilters) => [
  ...scopeValues(scope),
  messageId ?? null,
  outcome ?? null,
];

/** The newest first. */
export async function listWebhooks(
  db: Reader,
  scope: Scope,
  filters: WebhookFilters,
  page: PageRequest,
): Promise<LoggedWebhook[]> {
  const rows = await db.query<WebhookRow>(
    `select ${columns} from webhook_calls where ${filtered} order by id desc limit $5 offset $6`,
    [...filterValues(scope, filters), page.limit, page.offset],
  );
  return rows.map(fromRow);
}

export async function countWebhooks(db: Reader, scope: Scope, filters: WebhookFilters): Promise<number> {
  const rows = await db.query<{ count: number }>(
    `select count(*) as count from webhook_calls where ${filtered}`,
    filterValues(scope, filters),
  );
  return rows[0]?.count ?? 0;
}

export async function getWebhook(db: Reader, scope: Scope, id: string): Promise<LoggedWebhook | undefined> {
  const rows = await db.query<WebhookRow>(
    `select ${columns} from webhook_calls where ${visible} and id = $3`,
    [...scopeValues(scope), id],
  );
  return rows.map(fromRow)[0];
}

/** The same, its row locked until the transaction ends. */
export async function lockWebhook(
  tx: Transaction,
  scope: Scope,
  id: string,
): Promise<LoggedWebhook | undefined> {
  const rows = await tx.query<WebhookRow>(
    `select ${columns} from webhook_calls where ${visible} and id = $3 for update`,
    [...scopeValues(scope), id],
  );
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

/** Drops up to `rows` calls that were queued before a moment, whatever came of them; answers how many. */
export async function deleteOldWebhooks(db: Db, before: Date, rows: number): Promise<number> {
  // Ids are in the order of time, so the oldest are found by them; this is the least id of that moment.
  const leastId = uuidv7(before, (size) => new Uint8Array(size));
  const deleted = await db.query(
    `delete from webhook_calls where id = any(array(
       select id from webhook_calls where id < $1 order by id limit $2)) returning 1`,
    [leastId, rows],
  );
  return deleted.length;
}
