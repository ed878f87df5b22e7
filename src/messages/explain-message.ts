// Explains a message: the choice of its sender, its send slot, and its history.
import { type LimitedPace, readPace } from '../campaigns/pace-store.ts';
import type { Db } from '../db/db.ts';
import type { Scope } from '../http/endpoint.ts';
import { queueOfSender } from '../powerpacks/queue-name.ts';
import type { StoredSelection } from '../powerpacks/selection/reason.ts';
import { findRoute } from '../routing/find-route.ts';
import type { FoundRoute } from '../routing/routing-table.ts';
import { type CarrierState, readStates } from '../routing/state-store.ts';
import { senderOf } from '../telecom/sender.ts';
import { keepsText, type Message } from './message.ts';
import { findBoundUpTo } from './outbox/bound-job-store.ts';
import { findScheduled } from './outbox/schedule-store.ts';
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
  /** Of a message that waits for its moment: what for. */
  readonly scheduled: Awaited<ReturnType<typeof findScheduled>>;
  /** Of a message whose moment has come: what it waits for at its carriers, as far as that is known. */
  readonly waiting: readonly Waiting[];
  /** The limits of its campaign and what is used of them now; `undefined` for a message without one, or whose campaign is gone. */
  readonly campaign: LimitedPace | undefined;
  readonly events: readonly Omit<MessageEvent, 'messageId'>[];
}

/** A carrier that does not take a message at this moment, and why. */
export interface Waiting {
  readonly carrier: string;
  readonly why: Exclude<CarrierState['state'], 'up'> | 'full';
  /** Whether it is a message before it in its sender queue that the carrier perhaps has, and that goes first. */
  readonly isBehind: boolean;
}

/** Returns all facts of one message of the scope. */
export async function explainMessage(
  db: Db,
  scope: Scope,
  id: string,
  hasSimulator: boolean,
  now: Date,
): Promise<ExplainedMessage | undefined> {
  const message = await getMessage(db, scope, id);
  if (message === undefined) return undefined;
  const { campaignId } = message.details;
  const [{ selection, text }, events, scheduled, route, campaign] = await Promise.all([
    getContent(db, id),
    listEvents(db, id),
    message.status === 'queued' ? findScheduled(db, id) : undefined,
    message.direction === 'outbound' ? routeOf(db, message, hasSimulator) : undefined,
    campaignId === undefined ? undefined : readPace(db, { accountId: message.accountId, campaignId }),
  ]);
  const isDue = message.status === 'queued' && message.dueAt !== undefined && message.dueAt <= now;
  return {
    message,
    selection,
    text: keepsText(message.log) ? text : undefined,
    route,
    scheduled,
    waiting: isDue ? await waitingFor(db, message, route) : [],
    campaign,
    events,
  };
}

/**
 * Returns what a message waits for at its carriers: the first that is up where one is, else all of them. A carrier that perhaps has it, or a
 * message before it, counts alone, whatever the route says.
 */
async function waitingFor(db: Db, message: Message, route: FoundRoute | undefined): Promise<Waiting[]> {
  const [bound, states] = await Promise.all([
    findBoundUpTo(db, queueOfSender(message), message.id),
    readStates(db),
  ]);
  const isBehind = bound !== undefined && bound.messageId !== message.id;
  const carriers = bound === undefined ? (route?.carriers ?? []) : [bound.carrier];
  const found = carriers.map((carrier) => ({ carrier, state: states.get(carrier)?.state ?? 'down' }));
  const up = found.find(({ state }) => state === 'up');
  if (up === undefined) {
    return found.flatMap(({ carrier, state }) => (state === 'up' ? [] : [{ carrier, why: state, isBehind }]));
  }
  return states.get(up.carrier)?.room === 0 ? [{ carrier: up.carrier, why: 'full', isBehind }] : [];
}

async function routeOf(db: Db, message: Message, hasSimulator: boolean): Promise<FoundRoute | undefined> {
  const { carrier } = message.details;
  if (carrier !== undefined) return { scope: 'test', carriers: [carrier] };
  const { service, sender, countryIso2, powerpackUuid, subaccountId, accountId } = message;
  const from = { ...senderOf(sender, countryIso2), powerpackUuid, subaccountId, accountId };
  return findRoute(db, service, from, hasSimulator);
}
