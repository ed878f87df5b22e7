// Why a message went out as it did: the choice of its sender, its send slot, and its history.
import type { Db } from '../db/db.ts';
import type { Scope } from '../http/endpoint.ts';
import type { StoredSelection } from '../powerpacks/selection/reason.ts';
import { keepsText, type Message } from './message.ts';
import { listEvents, type MessageEvent } from './report/event-store.ts';
import { getContent, getMessage } from './store.ts';

export interface ExplainedMessage {
  readonly message: Message;
  /** Undefined when no powerpack chose: the customer named the sender, or it answers what came in, or it came in itself. */
  readonly selection: StoredSelection | undefined;
  /** Undefined where it is not kept. */
  readonly text: string | undefined;
  readonly events: readonly Omit<MessageEvent, 'messageId'>[];
}

/** Everything that is known of one message of the scope. */
export async function explainMessage(
  db: Db,
  scope: Scope,
  id: string,
): Promise<ExplainedMessage | undefined> {
  const message = await getMessage(db, scope, id);
  if (message === undefined) return undefined;
  const [{ selection, text }, events] = await Promise.all([getContent(db, id), listEvents(db, id)]);
  return { message, selection, text: keepsText(message.log) ? text : undefined, events };
}
