// Answers of applications to inbound messages: the message counts as delivered, and the Message XML of the answer is sent.
import { ApiError } from '../../base/errors.ts';
import { uuidv7 } from '../../base/id.ts';
import type { Transaction } from '../../db/db.ts';
import { isCallableUrl } from '../../http/callable-url.ts';
import { type PhoneNumber, parseE164 } from '../../telecom/e164.ts';
import { parseNumber } from '../../telecom/written-number.ts';
import type { DeliveredWebhook, FailedWebhook, WebhookHandlers } from '../../webhooks/handlers.ts';
import { type AcceptParts, acceptRequests } from '../accept/accept-requests.ts';
import { errorCodes, refusalCode } from '../error-codes.ts';
import type { Message } from '../message.ts';
import { insertEvents, type MessageEvent } from '../report/event-store.ts';
import { recordStatuses, type StatusParts } from '../report/record-status.ts';
import {
  type Acceptance,
  defaultExpirySeconds,
  maxDestinations,
  plainSender,
  type SendRequest,
} from '../send-request.ts';
import { type AnsweredMessage, readAnswer } from './answer-xml.ts';

/** Makes the handlers of calls that are done: inbound messages get their status from them. */
export function makeWebhookHandlers(parts: AcceptParts): WebhookHandlers {
  return {
    inbound: {
      delivered: (tx, calls) => applyAnswers(tx, calls, parts),
      failed: (tx, calls) => noteGivenUp(tx, calls, parts),
    },
  };
}

/** Records that the calls of inbound messages were given up, and why: a code says it only where there was an answer. */
async function noteGivenUp(
  tx: Transaction,
  calls: readonly FailedWebhook[],
  parts: AcceptParts,
): Promise<void> {
  const changes = calls.map(({ messageId, status, at }) => ({
    messageId,
    status: 'undelivered' as const,
    errorCode: status === null ? undefined : refusalCode(status),
    at,
  }));
  const now = latestOf(calls);
  await recordStatuses(tx, firstOfEach(changes), now, statusParts(parts, now));
  insertEvents(
    tx,
    calls.map(({ messageId, status, error, at }) => {
      const why = status === null ? (error ?? 'there was no answer') : `the application answered ${status}`;
      return answerEvent(messageId, at, `a call to the application was given up: ${why}`);
    }),
  );
}

/**
 * Records the inbound messages of answered calls as delivered, and sends the messages of the answers. The answer to a replayed call counts
 * where its message was undelivered; the answers for a message that is delivered already do not, or a person would be answered twice.
 */
async function applyAnswers(
  tx: Transaction,
  calls: readonly DeliveredWebhook[],
  parts: AcceptParts,
): Promise<void> {
  const now = latestOf(calls);
  const changes = calls.map(({ messageId, at }) => ({
    messageId,
    status: 'delivered' as const,
    errorCode: errorCodes.delivered.code,
    at,
  }));
  const delivered = await recordStatuses(tx, firstOfEach(changes), now, statusParts(parts, now));
  const unanswered = new Map(delivered.map((message) => [message.id, message]));
  const replies = calls.map((call) => {
    const inbound = unanswered.get(call.messageId);
    unanswered.delete(call.messageId);
    return inbound === undefined ? passOver(call) : readReply(call, inbound);
  });
  const wanted = replies.flatMap((reply) => reply.messages);
  const sendable = wanted.filter(({ request }) => request.destinations.length > 0);
  const requests = sendable.map(({ request }) => request);
  const answers = requests.length === 0 ? [] : await acceptRequests(tx, requests, now, parts);
  const answerTo = new Map(sendable.map((message, index) => [message, answers[index]]));
  const unsent = wanted.flatMap((message) => noteUnsent(message, answerTo.get(message), now));
  insertEvents(tx, [...replies.flatMap(({ events }) => events), ...unsent]);
}

/** A message that an answer wants to be sent. */
interface RepliedMessage {
  readonly inboundId: string;
  readonly request: SendRequest;
  /** Why it cannot go to each destination that the send request leaves out. */
  readonly leftOut: readonly string[];
}

interface Reply {
  readonly messages: readonly RepliedMessage[];
  readonly events: readonly MessageEvent[];
}

/** Returns the reply to a message that is delivered already: nothing, and its history says so where the answer asked for something. */
function passOver({ messageId, answer, at }: DeliveredWebhook): Reply {
  const isSilent = readAnswer(answer.body).kind !== 'messages';
  const detail = 'the answer to a repeated call was not sent: the message was delivered before';
  return { messages: [], events: isSilent ? [] : [answerEvent(messageId, at, detail)] };
}

/** Returns the messages that an answer asks for, and the mistakes in it. */
function readReply({ answer, at }: DeliveredWebhook, inbound: Message): Reply {
  const event = (detail: string) => answerEvent(inbound.id, at, detail);
  const read = readAnswer(answer.body);
  switch (read.kind) {
    case 'none':
      return { messages: [], events: [] };
    case 'unreadable':
      return { messages: [], events: [event(`its answer was not read as Message XML: ${read.why}`)] };
    case 'messages': {
      const isCallable = ({ callbackUrl }: AnsweredMessage) =>
        callbackUrl === undefined || isCallableUrl(callbackUrl);
      return {
        messages: read.messages.map((message) => repliedMessage(message, inbound)),
        events: [
          ...read.unreadable.map(({ place, why }) =>
            event(`message ${place} of its answer was not sent: ${why}`),
          ),
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

const answerEvent = (messageId: string, at: Date, detail: string): MessageEvent => ({
  messageId,
  at,
  event: 'answer',
  detail,
});

/** Returns the event of destinations that a message did not go to, with the reasons. */
function noteUnsent(
  { inboundId, request, leftOut }: RepliedMessage,
  answer: Acceptance | ApiError | undefined,
  at: Date,
): MessageEvent[] {
  if (answer instanceof ApiError) {
    return [answerEvent(inboundId, at, `its answer was not sent: ${answer.message}`)];
  }
  const unreached = answer?.filter(({ messageId }) => messageId === undefined) ?? [];
  const reasons = [...leftOut, ...unreached.map(() => 'not reached by its sender')];
  if (reasons.length === 0) return [];
  const total = request.destinations.length + leftOut.length;
  const counts = [...new Set(reasons)].map(
    (reason) => `${reason} (${reasons.filter((other) => other === reason).length})`,
  );
  const detail = `its answer was not sent to ${reasons.length} of ${total} destinations: ${counts.join(', ')}`;
  return [answerEvent(inboundId, at, detail)];
}

/**
 * Returns a message of an answer. It goes back to the person who wrote, from the number that was written to, unless it says otherwise (wire-data-plane section 12).
 * No number writes to itself.
 */
function repliedMessage(message: AnsweredMessage, inbound: Message): RepliedMessage {
  const from = plainSender(message.sender ?? inbound.destination);
  const writer = inbound.sender;
  const given = message.destinations.length > 0 ? message.destinations : [writer];
  const destinations = new Map<string, PhoneNumber>();
  const leftOut = given.slice(maxDestinations).map(() => `beyond the first ${maxDestinations}`);
  for (const one of given.slice(0, maxDestinations)) {
    // Who wrote is named to the application in E.164 digits, without a plus.
    const number = one === writer ? parseE164(one) : parseNumber(one);
    if (number === undefined) leftOut.push('not a telephone number');
    else if (number.number === from) leftOut.push('the sender itself');
    else destinations.set(number.number, number);
  }
  const request: SendRequest = {
    accountId: inbound.accountId,
    subaccountId: inbound.subaccountId,
    from: { kind: 'number', sender: from },
    destinations: [...destinations.values()],
    service: message.service,
    text: message.text,
    media: [],
    callback:
      message.callbackUrl === undefined || !isCallableUrl(message.callbackUrl)
        ? undefined
        : { url: message.callbackUrl, method: message.callbackMethod },
    // An application that keeps nothing of what comes in does not keep whom it answered.
    log: inbound.log,
    expirySeconds: defaultExpirySeconds,
    requesterIp: undefined,
    details: { answerTo: inbound.id },
  };
  return { inboundId: inbound.id, request, leftOut };
}

/** Returns one change for each message: two calls for one may be done in the same batch. */
function firstOfEach<Change extends { readonly messageId: string }>(changes: readonly Change[]): Change[] {
  const first = new Map<string, Change>();
  for (const change of changes) if (!first.has(change.messageId)) first.set(change.messageId, change);
  return [...first.values()];
}

/** Returns when the last of some calls ended, by our own time. */
function latestOf(calls: readonly { readonly at: Date }[]): Date {
  return new Date(Math.max(...calls.map(({ at }) => at.getTime())));
}

const statusParts = (parts: AcceptParts, now: Date): StatusParts => ({
  newId: () => uuidv7(now, parts.randomBytes),
  ...parts,
});
