// Telling whoever watches an account that calls to its URLs were queued, or made.
import { changesAbout } from '../events/account-change.ts';
import type { Signals } from '../events/signals.ts';

/** What of a call says whom it is about. */
export interface AnnouncedWebhook {
  /** The main account or subaccount that owns the message or made the request. */
  readonly accountId: string;
  readonly mainId: string;
  /** Undefined where it tells of no message. */
  readonly messageId: string | undefined;
}

/** Announces calls whose state is durable by now. */
export function announceWebhooks(calls: readonly AnnouncedWebhook[], signals: Signals): void {
  const concerned = calls.map(({ messageId, accountId, mainId }) => ({
    messageId,
    mainId,
    subaccountId: accountId === mainId ? undefined : accountId,
  }));
  for (const change of changesAbout('webhooks', concerned)) signals.announce(change);
}
