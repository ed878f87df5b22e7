// Telling whoever watches an account which of its messages are new, or have a new status.
import { changesAbout } from '../../events/account-change.ts';
import type { Signals } from '../../events/signals.ts';
import type { Message } from '../message.ts';

/** Announces messages that are durable by now. */
export function announceMessages(
  messages: readonly Pick<Message, 'id' | 'accountId' | 'subaccountId'>[],
  signals: Signals,
): void {
  const concerned = messages.map(({ id, accountId, subaccountId }) => ({
    messageId: id,
    mainId: accountId,
    subaccountId,
  }));
  for (const change of changesAbout('messages', concerned)) signals.announce(change);
}
