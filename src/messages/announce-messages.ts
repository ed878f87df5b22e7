// Telling whoever watches an account which of its messages are new, or have a new status.
import type { AccountChange } from '../queue/account-change.ts';
import type { Signals } from '../queue/signals.ts';
import { type Message, ownerOf } from './message.ts';

/** Announces messages that are durable by now, those of each account together. */
export function announceMessages(
  messages: readonly Pick<Message, 'id' | 'accountId' | 'subaccountId'>[],
  signals: Signals,
): void {
  const changes = new Map<string, AccountChange & { readonly messageIds: string[] }>();
  for (const message of messages) {
    const { accountId: mainId, subaccountId } = message;
    const owner = ownerOf(message);
    const change = changes.get(owner) ?? { mainId, subaccountId, topics: ['messages'], messageIds: [] };
    changes.set(owner, change);
    change.messageIds.push(message.id);
  }
  for (const change of changes.values()) signals.announce(change);
}
