// A request with a `callback_url`: it is handled at once, and its result is sent by the webhook queue.
import { ApiError } from '../base/errors.ts';
import type { Db, Transaction } from '../db/db.ts';
import { inSavepoint, insideTransaction } from '../db/nested-db.ts';
import type { Answer, Scope } from '../http/endpoint.ts';
import { isFinalError } from '../http/idempotency-key.ts';
import type { CallbackQueue } from '../webhooks/callback-queue.ts';
import type { CallbackTarget, WebhookParameters } from '../webhooks/webhook.ts';
import type { OwnTransactions } from './own-transactions.ts';

interface ResultParts {
  readonly ownTransactions: OwnTransactions;
  readonly scope: Scope;
  readonly apiId: string;
  readonly now: Date;
  readonly newId: () => string;
  readonly callbacks: CallbackQueue;
  /** Added to the body of an error. */
  readonly errorBody: object | undefined;
}

/** The response to a request whose result is called back (wire-control-plane 10.1). */
export const spawned: Answer = { status: 200, body: { message: 'async api spawned' } };

/**
 * Runs a request and queues the webhook with its result, in one transaction: neither exists without the other. An error of the
 * request itself undoes its changes and is called back too; any other error leaves nothing behind and is thrown.
 */
export function callBackResult(
  db: Db,
  target: CallbackTarget,
  parts: ResultParts,
  carryOut: (db: Db) => Promise<Answer>,
): Promise<Answer> {
  const { ownTransactions, scope, apiId, now, newId, callbacks } = parts;
  const answer = async (tx: Transaction) => {
    const result = await resultOf(tx, db, parts.errorBody, carryOut);
    const call = {
      id: newId(),
      accountId: scope.accountId,
      mainId: scope.mainId,
      messageId: undefined,
      kind: 'result',
      parameters: resultParameters(apiId, result),
      isPrivate: false,
      ...target,
    } as const;
    callbacks.add(tx, [call], now);
    return spawned;
  };
  return ownTransactions.run(db, scope.accountId, answer);
}

async function resultOf(
  tx: Transaction,
  db: Db,
  errorBody: object | undefined,
  carryOut: (db: Db) => Promise<Answer>,
): Promise<Answer> {
  try {
    return await inSavepoint(tx, (part) => carryOut(insideTransaction(part, db)));
  } catch (error) {
    if (!(error instanceof ApiError) || !isFinalError(error.status)) throw error;
    return { status: error.status, body: { error: error.message, ...errorBody } };
  }
}

/** Tokens are stored encrypted and shown to the caller only, who reads them with a GET. */
const secrets: ReadonlySet<string> = new Set(['auth_token', 'new_auth_token']);

/**
 * Returns an answer as callback parameters: each member of the body is a parameter, texts unchanged, `null` as an empty text,
 * anything else as JSON. `status_code` is the answer's status; tokens are left empty. The vendor publishes no format for this.
 */
function resultParameters(apiId: string, { status, body = {} }: Answer): WebhookParameters {
  const conceal = (name: string, value: unknown) => (secrets.has(name) ? '' : value);
  const asText = (value: unknown) =>
    value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value, conceal);
  return [
    ['api_id', apiId],
    ['status_code', String(status)],
    ...Object.entries(body).map(([name, value]) => [name, asText(conceal(name, value))] as const),
  ];
}
