// A message comes in: whose it is, what it means, whom it is told, and what is answered by itself.
import type { Settings } from '../base/config.ts';
import { type RandomBytes, uuidv7 } from '../base/id.ts';
import type { Timers } from '../base/timers.ts';
import type { InboundMessage } from '../carriers/carrier.ts';
import type { Db, Transaction } from '../db/db.ts';
import { attachMedia } from '../media/message-media-store.ts';
import { laneOf, poolScope } from '../powerpacks/lane.ts';
import { addOptOut, removeOptOuts } from '../powerpacks/opt-out-store.ts';
import { isUsOrCanada, reaches } from '../powerpacks/reach.ts';
import { keepStickySenders } from '../powerpacks/sticky-store.ts';
import type { Signals } from '../queue/signals.ts';
import { isShortCode, type PhoneNumber, parseNumber } from '../telecom/e164.ts';
import { measureMessage } from '../telecom/segments.ts';
import { enqueueWebhooks } from '../webhooks/webhook.ts';
import { acceptOrders } from './accept-orders.ts';
import { announceMessages } from './announce-messages.ts';
import { noteInbound } from './carrier-message-store.ts';
import { inboundCallbackParameters } from './inbound-callback.ts';
import {
  findNumberTarget,
  findShortCodeTarget,
  type InboundTarget,
  listOptedOutMembers,
} from './inbound-store.ts';
import { defaultAnswers, type Intent, intentOf } from './keywords.ts';
import { defaultExpirySeconds } from './order.ts';
import { insertMessages, type NewMessage } from './store.ts';

export interface ReceiveParts {
  readonly db: Db;
  readonly timers: Timers;
  readonly signals: Signals;
  readonly settings: Settings;
  readonly randomBytes: RandomBytes;
}

/** A message and the carrier that brought it. */
export interface CarrierInbound extends InboundMessage {
  readonly carrier: string;
}

/**
 * Takes a message from a handset: stores it, queues the call to its application, follows STOP, START and HELP. Resolves once it is
 * durable, with its identifier, the same one for a repetition; `undefined` if nobody here has that number.
 */
export function receiveMessage(parts: ReceiveParts, inbound: CarrierInbound): Promise<string | undefined> {
  // What no database can hold: carriers pass on whatever a handset sends. A NUL is dropped, not replaced as where a call is kept
  // (`toStorable`): as padding it is no character of the text, and hides no keyword.
  const text = inbound.text.replaceAll('\0', '').toWellFormed();
  return parts.db.transaction((tx) => receive(tx, parts, { ...inbound, text }));
}

async function receive(
  tx: Transaction,
  { timers, signals, settings, randomBytes }: ReceiveParts,
  inbound: CarrierInbound,
): Promise<string | undefined> {
  const now = timers.now();
  const newId = () => uuidv7(now, randomBytes);
  const writer = parseNumber(inbound.sender);
  const target = await findTarget(tx, inbound.destination, writer);
  if (target === undefined) return undefined;
  const id = newId();
  // What carriers call inbound messages and what they call those of ours are names of two lists.
  const carrier = `${inbound.carrier} inbound`;
  const known = await noteInbound(tx, {
    carrier,
    carrierMessageId: inbound.carrierMessageId,
    messageId: id,
    at: now,
  });
  if (known !== undefined) return known;

  const message = messageOf(inbound, target, writer, id, now);
  insertMessages(tx, [message]);
  tx.afterCommit(() => announceMessages([message], signals));
  const media = inbound.mediaUrls.map((url, position) => ({ messageId: id, position, url }));
  await attachMedia(tx, now, media);
  const isText = inbound.mediaUrls.length === 0;
  const intent = isText && followsKeywords(target) ? intentOf(inbound.text) : undefined;
  const answer = await followIntent(tx, target, message, intent, now);
  // The member that was written to may be one that cannot write back.
  const canAnswer = writer !== undefined && reaches({ services: [], ...target }, writer.countryIso2);
  if (target.poolUuid !== undefined && target.stickySender && canAnswer) {
    const wish = {
      poolUuid: target.poolUuid,
      destination: message.sender,
      sender: message.destination,
      countryIso2: target.countryIso2,
    };
    await keepStickySenders(tx, [wish], now, settings.stickyDays);
  }
  if (target.callback !== undefined) {
    const call = {
      id: newId(),
      accountId: target.subaccountId ?? target.accountId,
      mainId: target.accountId,
      messageId: id,
      kind: 'inbound' as const,
      parameters: inboundCallbackParameters(message, inbound, intent),
      isPrivate: !target.keepsLog,
      ...target.callback,
    };
    enqueueWebhooks(tx, [call], now, signals);
  }
  if (answer !== undefined && writer !== undefined) {
    const order = {
      accountId: target.accountId,
      subaccountId: target.subaccountId,
      from: { kind: 'number' as const, sender: message.destination },
      destinations: [writer],
      service: 'sms' as const,
      text: answer,
      media: [],
      callback: undefined,
      log: message.log,
      expirySeconds: defaultExpirySeconds,
      requesterIp: undefined,
      passesOptOut: true,
      details: { answerTo: id },
    };
    await acceptOrders(tx, [order], now, { settings, signals, randomBytes });
  }
  return id;
}

function findTarget(
  tx: Transaction,
  destination: string,
  writer: PhoneNumber | undefined,
): Promise<InboundTarget | undefined> {
  const code = destination.replace('+', '');
  if (isShortCode(code)) return findShortCodeTarget(tx, code, writer?.countryIso2 ?? '');
  return findNumberTarget(tx, parseNumber(destination)?.number ?? '');
}

/** Keywords count on US and Canadian long codes and toll-free numbers (wire-data-plane section 13). */
function followsKeywords({ kind, countryIso2 }: InboundTarget): boolean {
  return kind !== 'shortcode' && isUsOrCanada(countryIso2);
}

/**
 * Does what a keyword asks for. Answers what is said in return: nothing to a STOP that is said again, and nothing to a START of
 * somebody who had not opted out, whose "yes" or "go" answers a question.
 */
async function followIntent(
  tx: Transaction,
  target: InboundTarget,
  message: NewMessage,
  intent: Intent | undefined,
  now: Date,
): Promise<string | undefined> {
  if (intent === undefined) return undefined;
  const { accountId, kind, countryIso2, poolUuid } = target;
  const key = { accountId, destination: message.sender };
  const ofNumber = laneOf({ kind, sender: message.destination, countryIso2 });
  const ofPool = poolUuid === undefined ? [] : [poolScope(poolUuid)];
  const isOfAll = target.optOutScope === 'powerpack';
  if (intent === 'optin') {
    const ofOthers =
      isOfAll && poolUuid !== undefined ? await listOptedOutMembers(tx, { ...key, poolUuid }) : [];
    if (!(await removeOptOuts(tx, key, [ofNumber, ...ofPool, ...ofOthers]))) return undefined;
  }
  if (intent === 'optout') {
    // The number's own as well: it counts on when the number leaves the pool.
    const isNew = await addOptOut(tx, { ...key, scope: ofNumber }, now);
    const [scope] = isOfAll ? ofPool : [];
    const isNewOfAll = scope !== undefined && (await addOptOut(tx, { ...key, scope }, now));
    if (!isNew && !isNewOfAll) return undefined;
  }
  return defaultAnswers[intent];
}

function messageOf(
  inbound: CarrierInbound,
  target: InboundTarget,
  writer: PhoneNumber | undefined,
  id: string,
  now: Date,
): NewMessage {
  return {
    id,
    accountId: target.accountId,
    subaccountId: target.subaccountId,
    direction: 'inbound',
    status: 'received',
    service: inbound.service,
    sender: writer?.number ?? inbound.sender,
    destination: parseNumber(inbound.destination)?.number ?? inbound.destination.replace('+', ''),
    countryIso2: writer?.countryIso2 ?? target.countryIso2,
    text: target.keepsLog ? inbound.text : undefined,
    segments: measureMessage(inbound.service, inbound.text).segments,
    log: target.keepsLog ? 'true' : 'false',
    powerpackUuid: target.powerpackUuid,
    errorCode: undefined,
    acceptedAt: now,
    dueAt: undefined,
    sentAt: undefined,
    finishedAt: undefined,
    updatedAt: undefined,
    callback: undefined,
    callbacks: 0,
    requesterIp: undefined,
    carrier: inbound.carrier,
    details: {},
    selection: undefined,
  };
}
