// What an application answers to an inbound message: it counts as delivered, and its Message XML is sent.
import { ApiError } from '../base/errors.ts';
import { uuidv7 } from '../base/id.ts';
import type { Transaction } from '../db/db.ts';
import { isCallableUrl } from '../http/callable-url.ts';
import { parseNumber } from '../telecom/e164.ts';
import type { DeliveredWebhook, FailedWebhook, WebhookHandlers } from '../webhooks/handlers.ts';
import { type AcceptParts, acceptOrders } from './accept-orders.ts';
import { type AnsweredMessage, readAnswer } from './answer-xml.ts';
import { errorCodes } from './error-codes.ts';
import { insertEvents, type MessageEvent } from './event-store.ts';
import { defaultExpirySeconds, maxDestinations, type Order, plainSender } from './order.ts';
import { recordStatuses, type TellParts } from './record-status.ts';

/** Makes the handlers of calls that are done: inbound messages get their status from them. */
export function makeWebhookHandlers(parts: AcceptParts): WebhookHandlers {
  return {
    inbound: {
      delivered: (tx, calls) => applyAnswers(tx, calls, parts),
      failed: (tx, calls) => noteFailures(tx, calls, parts),
    },
  };
}

/** An inbound message's code when its call is answered with a refusal: 2000 and the status (wire-data-plane section 8). */
const refusalCode = (status: number | null): number | undefined =>
  status === null ? undefined : 2000 + status;

async function noteFailures(
  tx: Transaction,
  calls: readonly FailedWebhook[],
  parts: AcceptParts,
): Promise<void> {
  const changes = calls.map(({ call, status, at }) => ({
    messageId: call.messageId,
    status: 'undelivered' as const,
    errorCode: refusalCode(status),
    at,
  }));
  const now = latestOf(calls);
  await recordStatuses(tx, firstOfEach(changes), now, tellParts(parts, now));
}

async function applyAnswers(
  tx: Transaction,
  calls: readonly DeliveredWebhook[],
  parts: AcceptParts,
): Promise<void> {
  const now = latestOf(calls);
  const changes = calls.map(({ call, at }) => ({
    messageId: call.messageId,
    status: 'delivered' as const,
    errorCode: errorCodes.delivered.code,
    at,
  }));
  const delivered = await recordStatuses(tx, firstOfEach(changes), now, tellParts(parts, now));
  // A call that was made again for a message that is delivered already is not answered twice.
  const first = new Set(delivered.map(({ id }) => id));
  const replies = calls.filter(({ call }) => first.has(call.messageId)).map(readReplies);
  const events = replies.flatMap(({ events: own }) => own);
  const wanted = replies.flatMap(({ orders, call }) => orders.map((order) => ({ order, call })));
  if (wanted.length > 0) {
    const orders = wanted.map(({ order }) => order);
    const answers = await acceptOrders(tx, orders, now, parts);
    answers.forEach((answer, index) => {
      const messageId = wanted[index]?.call.call.messageId;
      if (!(answer instanceof ApiError) || messageId === undefined) return;
      events.push({
        messageId,
        at: now,
        event: 'answer',
        detail: `its answer was not sent: ${answer.message}`,
      });
    });
  }
  insertEvents(tx, events);
}

interface Replies {
  readonly call: DeliveredWebhook;
  readonly orders: readonly Order[];
  readonly events: readonly MessageEvent[];
}

/** What an answer wants to be sent, and what of it cannot be. */
function readReplies(delivered: DeliveredWebhook): Replies {
  const { call, answer, at } = delivered;
  const event = (detail: string): MessageEvent => ({
    messageId: call.messageId,
    at,
    event: 'answer',
    detail,
  });
  const read = readAnswer(answer.contentType, answer.body);
  switch (read.kind) {
    case 'none':
      return { call: delivered, orders: [], events: [] };
    case 'unreadable':
      return { call: delivered, orders: [], events: [event(`its answer is not understood: ${read.why}`)] };
    case 'messages': {
      const orders = read.messages.map((message) => orderOf(message, delivered));
      const isSent = (order: Order) => order.destinations.length > 0;
      const isCallable = ({ callbackUrl }: AnsweredMessage) =>
        callbackUrl === undefined || isCallableUrl(callbackUrl);
      return {
        call: delivered,
        orders: orders.filter(isSent),
        events: [
          ...(orders.every(isSent) ? [] : [event('its answer names no destination that it could go to')]),
          ...(read.messages.every(isCallable)
            ? []
            : [event('its answer names a callbackUrl that cannot be called')]),
        ],
      };
    }
    default:
      return read satisfies never;
  }
}

/**
 * An answer goes back to who wrote, from the number that was written to, unless it says otherwise (wire-data-plane section 12).
 * Nobody writes to himself.
 */
function orderOf(message: AnsweredMessage, { call }: DeliveredWebhook): Order {
  const parameters = new Map(call.parameters);
  const from = plainSender(message.sender ?? parameters.get('To') ?? '');
  const given = message.destinations.length > 0 ? message.destinations : [parameters.get('From') ?? ''];
  const numbers = given.slice(0, maxDestinations).flatMap((one) => parseNumber(one) ?? []);
  const others = numbers.filter(({ number }) => number !== from);
  const destinations = [...new Map(others.map((number) => [number.number, number])).values()];
  return {
    accountId: call.mainId,
    subaccountId: call.accountId === call.mainId ? undefined : call.accountId,
    from: { kind: 'number', sender: from },
    destinations,
    service: message.service,
    text: message.text,
    media: [],
    callback:
      message.callbackUrl === undefined || !isCallableUrl(message.callbackUrl)
        ? undefined
        : { url: message.callbackUrl, method: message.callbackMethod },
    // An application that keeps nothing of what comes in does not keep whom it answered.
    log: call.isPrivate ? 'false' : 'true',
    expirySeconds: defaultExpirySeconds,
    requesterIp: undefined,
    details: { answerTo: call.messageId },
  };
}

/** One change for each message: two calls for one may be done in the same batch. */
function firstOfEach<Change extends { readonly messageId: string }>(changes: readonly Change[]): Change[] {
  const first = new Map<string, Change>();
  for (const change of changes) if (!first.has(change.messageId)) first.set(change.messageId, change);
  return [...first.values()];
}

/** When the last of some calls ended, by our own time. */
function latestOf(calls: readonly { readonly at: Date }[]): Date {
  return new Date(Math.max(...calls.map(({ at }) => at.getTime())));
}

const tellParts = ({ signals, randomBytes }: AcceptParts, now: Date): TellParts => ({
  signals,
  newId: () => uuidv7(now, randomBytes),
});
