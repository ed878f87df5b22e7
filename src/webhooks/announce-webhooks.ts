// Telling whoever watches an account that calls to its URLs were queued, or made.
import type { AccountChange } from '../queue/account-change.ts';
import type { Signals } from '../queue/signals.ts';

/** What of a call says whom it is about. */
export interface AnnouncedWebhook {
  /** The main account or subaccount that owns the message. */
  readonly accountId: string;
  readonly mainId: string;
  readonly messageId: string;
}

/** Announces calls whose state is durable by now, those of each account together. */
export function announceWebhooks(calls: readonly AnnouncedWebhook[], signals: Signals): void {
  const changes = new Map<string, AccountChange & { readonly messageIds: string[] }>();
  for (const { accountId, mainId, messageId } of calls) {
    const subaccountId = accountId === mainId ? undefined : accountId;
    const change = changes.get(accountId) ?? { mainId, subaccountId, topics: ['webhooks'], messageIds: [] };
    changes.set(accountId, change);
    change.messageIds.push(messageId);
  }
  for (const change of changes.values()) signals.announce(change);
}
