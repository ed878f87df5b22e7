// Explains a message: the choice of its sender, its send slot, and its history.
import type { Db } from '../db/db.ts';
import type { Scope } from '../http/endpoint.ts';
import type { StoredSelection } from '../powerpacks/selection/reason.ts';
import { findRoute } from '../routing/find-route.ts';
import type { FoundRoute } from '../routing/routing-table.ts';
import { senderOf } from '../telecom/sender.ts';
import { keepsText, type Message } from './message.ts';
import { listEvents, type MessageEvent } from './report/event-store.ts';
import { getContent, getMessage } from './store.ts';

export interface ExplainedMessage {
  readonly message: Message;
  /** Undefined when no powerpack chose: the customer named the sender, or the message is inbound or answers an inbound one. */
  readonly selection: StoredSelection | undefined;
  /** Undefined where it is not stored. */
  readonly text: string | undefined;
  /** Of an outbound message: the route that its sender has now; `undefined` where there is none. */
  readonly route: FoundRoute | undefined;
  readonly events: readonly Omit<MessageEvent, 'messageId'>[];
}

/** Returns all facts of one message of the scope. */
export async function explainMessage(
  db: Db,
  scope: Scope,
  id: string,
  hasSimulator: boolean,
): Promise<ExplainedMessage | undefined> {
  const message = await getMessage(db, scope, id);
  if (message === undefined) return undefined;
  const [{ selection, text }, events, route] = await Promise.all([
    getContent(db, id),
    listEvents(db, id),
    message.direction === 'outbound' ? routeOf(db, message, hasSimulator) : undefined,
  ]);
  return { message, selection, text: keepsText(message.log) ? text : undefined, route, events };
}

async function routeOf(db: Db, message: Message, hasSimulator: boolean): Promise<FoundRoute | undefined> {
  const { carrier } = message.details;
  if (carrier !== undefined) return { scope: 'test', carriers: [carrier] };
  const { service, sender, countryIso2, powerpackUuid, subaccountId, accountId } = message;
  const from = { ...senderOf(sender, countryIso2), powerpackUuid, subaccountId, accountId };
  return findRoute(db, service, from, hasSimulator);
}
