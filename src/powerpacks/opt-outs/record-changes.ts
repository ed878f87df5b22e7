// Records changes of opt-outs: in the history of each person, to clients that watch, and to the URL of the account.
import type { Transaction } from '../../db/db.ts';
import { changesOf } from '../../events/account-change.ts';
import type { Notifier } from '../../events/notifier.ts';
import type { CallbackQueue } from '../../webhooks/callback-queue.ts';
import type { CallbackTarget } from '../../webhooks/webhook.ts';
import { insertChanges } from './history-store.ts';
import { type OptOutChange, optOutCallbackParameters } from './opt-out-change.ts';

export interface RecordParts {
  readonly notifier: Notifier;
  readonly callbacks: CallbackQueue;
  readonly newId: () => string;
}

/**
 * Stores changes in the history, and queues a callback for each of them where the account has a URL, as a part of the transaction that made
 * them. A file is imported without callbacks: it may have thousands of lines, and who imports it knows them.
 */
export async function recordChanges(
  tx: Transaction,
  changes: readonly OptOutChange[],
  now: Date,
  { notifier, callbacks, newId }: RecordParts,
): Promise<void> {
  if (changes.length === 0) return;
  insertChanges(
    tx,
    changes.map((change) => ({ id: newId(), at: now, ...change })),
  );
  const told = changes.filter(({ cause }) => cause.source !== 'import');
  const targets = await loadTargets(tx, [...new Set(told.map(({ accountId }) => accountId))]);
  const calls = told.flatMap((change) => {
    const target = targets.get(change.accountId);
    if (target === undefined) return [];
    const { accountId, cause } = change;
    return [
      {
        id: newId(),
        accountId,
        mainId: accountId,
        messageId: cause.messageId,
        kind: 'opt_out' as const,
        parameters: optOutCallbackParameters(change, now),
        isPrivate: false,
        ...target,
      },
    ];
  });
  callbacks.add(tx, calls, now);
  const accounts = changes.map(({ accountId }) => ({ mainId: accountId, subaccountId: undefined }));
  tx.afterCommit(() => {
    for (const change of changesOf('opt_outs', accounts)) notifier.announce(change);
  });
}

interface TargetRow {
  auth_id: string;
  opt_out_url: string;
  opt_out_method: CallbackTarget['method'];
}

const targetSql = `
  select auth_id, opt_out_url, opt_out_method from accounts
  where auth_id = any($1) and opt_out_url is not null and opt_out_method is not null`;

/** Returns where accounts want to be called about opt-outs, by account. */
async function loadTargets(
  tx: Transaction,
  accountIds: readonly string[],
): Promise<ReadonlyMap<string, CallbackTarget>> {
  const rows = accountIds.length === 0 ? [] : await tx.query<TargetRow>(targetSql, [accountIds]);
  return new Map(rows.map((row) => [row.auth_id, { url: row.opt_out_url, method: row.opt_out_method }]));
}
