// Receives a message from a handset: stores it, follows its keyword, and queues its callback and its automatic answer.
import { uuidv7 } from '../../base/id.ts';
import { storableText } from '../../base/storable-text.ts';
import type { Timers } from '../../base/timers.ts';
import type { InboundMessage } from '../../carriers/carrier.ts';
import type { Db, Transaction } from '../../db/db.ts';
import { mediaUrl } from '../../media/media.ts';
import { attachMedia } from '../../media/message-media-store.ts';
import { reaches } from '../../powerpacks/selection/reach.ts';
import { keepStickySenders, type MappingRequest } from '../../powerpacks/sticky/sticky-store.ts';
import { holdPool } from '../../powerpacks/store.ts';
import type { Routing } from '../../routing/routing.ts';
import { isShortCode, type PhoneNumber, parseE164 } from '../../telecom/e164.ts';
import { measureMessage } from '../../telecom/segments.ts';
import { senderOf } from '../../telecom/sender.ts';
import type { NewWebhook } from '../../webhooks/webhook.ts';
import { type AcceptParts, acceptRequests } from '../accept/accept-requests.ts';
import { ownerOf } from '../message.ts';
import { type CarrierMessage, noteInbound } from '../outbox/carrier-message-store.ts';
import { insertEvents } from '../report/event-store.ts';
import { announceMessages } from '../report/record-status.ts';
import { defaultExpirySeconds, type SendRequest } from '../send-request.ts';
import { insertMessages, type NewMessage } from '../store.ts';
import { findAnswered, followIntent, followStopToFormerNumber, readIntent } from './follow-keywords.ts';
import { inboundCallbackParameters } from './inbound-callback.ts';
import { storeFiles } from './inbound-files.ts';
import { findNumberTarget, findShortCodeTarget, type InboundTarget } from './inbound-store.ts';
import { withCountryOfReceiver } from './national-sender.ts';

export interface ReceiveParts extends AcceptParts {
  readonly db: Db;
  readonly timers: Timers;
  /** Under which applications fetch files that came in; without a slash at the end. */
  readonly publicUrl: string;
  readonly routing: Pick<Routing, 'table'>;
  /** Called for a message that came by another carrier than those that its number sends over: numbers move. */
  readonly noteForeign: (carrier: string) => void;
}

/** A message and the carrier that brought it. */
export interface CarrierInbound extends InboundMessage {
  readonly carrier: string;
}

/**
 * Takes a message from a handset: stores it, queues the call to its application, follows STOP, START and HELP. Returns its id once it is
 * durable, the same one for a repetition; `undefined` if no account has the number.
 */
export function receiveMessage(parts: ReceiveParts, inbound: CarrierInbound): Promise<string | undefined> {
  return parts.db.transaction(async (tx) => receive(tx, parts, await withCountryOfReceiver(tx, inbound)));
}

/** Does the same in a transaction. */
export async function receive(
  tx: Transaction,
  parts: ReceiveParts,
  given: CarrierInbound,
): Promise<string | undefined> {
  const { timers, notifier, callbacks, settings, randomBytes } = parts;
  const now = timers.now();
  const newId = () => uuidv7(now, randomBytes);
  const recording = { notifier, callbacks, newId };
  const writer = parseE164(given.sender);
  const target = await findTarget(tx, given.destination, writer);
  // A NUL is padding, and hides no keyword.
  const text = storableText(given.text, '');
  if (target === undefined) {
    await followStopToFormerNumber(tx, { ...given, text }, writer, now, recording);
    return undefined;
  }
  const id = newId();
  const known = await noteInbound(tx, inboundNameOf(given, id, now));
  if (known !== undefined) return known;
  const files = await storeFiles(tx, given.files ?? [], target, now, randomBytes);
  const fileUrls = files.map((file) => mediaUrl(parts.publicUrl, file));
  const inbound = { ...given, text, mediaUrls: [...given.mediaUrls, ...fileUrls] };
  const message = messageOf(inbound, target, writer, id, now);
  const numberFacts = { sender: message.destination, ...target };
  const keyword = await readIntent(tx, inbound, message.sender, numberFacts, now);
  const intent = keyword?.intent;
  const answered = await findAnswered(tx, target, message, intent, now);
  if (target.poolUuid !== undefined) await holdPool(tx, target.poolUuid);

  insertMessages(tx, [message]);
  tx.afterCommit(() => {
    announceMessages([message], notifier);
    if (isForeign(parts.routing, target, message, given.carrier)) parts.noteForeign(given.carrier);
  });
  const attached = [
    ...given.mediaUrls.map((url) => ({ url })),
    ...files.map((file) => ({ mediaId: file.id })),
  ];
  const media = attached.map((medium, position) => ({ messageId: id, position, ...medium }));
  await attachMedia(tx, now, media);
  if (inbound.detail !== undefined)
    insertEvents(tx, [{ messageId: id, at: now, event: 'content', detail: inbound.detail }]);
  const answer = await followIntent(tx, target, message, text, keyword, answered, now, recording);
  await keepStickySenders(tx, mappingsOf(target, message, writer), now, settings.stickyDays);
  if (target.callback !== undefined) {
    const call: NewWebhook = {
      id: newId(),
      accountId: ownerOf(message),
      mainId: message.accountId,
      messageId: id,
      kind: 'inbound',
      parameters: inboundCallbackParameters(message, inbound, intent),
      isPrivate: !target.keepsLog,
      ...target.callback,
    };
    callbacks.add(tx, [call], now);
  }
  if (answer !== undefined && writer !== undefined) {
    await acceptRequests(tx, [answerTo(message, writer, answer)], now, parts);
  }
  return id;
}

/** Returns whether what the number sends goes over other carriers than the one that brought a message to it. */
function isForeign(
  { table }: Pick<Routing, 'table'>,
  target: InboundTarget,
  { destination, service }: Pick<NewMessage, 'destination' | 'service'>,
  carrier: string,
): boolean {
  const route = table.find(service, { ...senderOf(destination, target.countryIso2), ...target });
  return route !== undefined && !route.carriers.includes(carrier);
}

/** Returns whether an account has the number that a message was sent to. */
export async function isForUs(tx: Transaction, { destination, sender }: InboundMessage): Promise<boolean> {
  return (await findTarget(tx, destination, parseE164(sender))) !== undefined;
}

/** Returns the carrier's name of an inbound message; a list of its own keeps it apart from names of outbound ones. */
export function inboundNameOf(
  { carrier, name }: CarrierInbound,
  messageId: string,
  at: Date,
): Omit<CarrierMessage, 'part'> {
  return { carrier: `${carrier} inbound`, name, messageId, at };
}

function findTarget(
  tx: Transaction,
  destination: string,
  writer: PhoneNumber | undefined,
): Promise<InboundTarget | undefined> {
  const code = destination.replace('+', '');
  if (isShortCode(code)) return findShortCodeTarget(tx, code, writer?.countryIso2 ?? '');
  return findNumberTarget(tx, parseE164(destination)?.number ?? '');
}

/** Returns the sticky mapping of the person who writes: to the member that was written to, unless that cannot write back. */
function mappingsOf(
  target: InboundTarget,
  message: NewMessage,
  writer: PhoneNumber | undefined,
): readonly MappingRequest[] {
  const { poolUuid, stickySender, countryIso2 } = target;
  const canAnswer = writer !== undefined && reaches(target, writer.countryIso2, false);
  if (poolUuid === undefined || !stickySender || !canAnswer) return [];
  return [{ poolUuid, destination: message.sender, sender: message.destination, countryIso2 }];
}

/** Returns the reply to a keyword: back to the person who wrote, from the number that was written to, opted out or not. */
function answerTo(message: NewMessage, writer: PhoneNumber, text: string): SendRequest {
  return {
    accountId: message.accountId,
    subaccountId: message.subaccountId,
    from: { kind: 'number', sender: message.destination },
    destinations: [writer],
    service: 'sms',
    text,
    media: [],
    callback: undefined,
    log: message.log,
    expirySeconds: defaultExpirySeconds,
    requesterIp: undefined,
    passesOptOut: true,
    details: { answerTo: message.id },
  };
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
    destination: parseE164(inbound.destination)?.number ?? inbound.destination.replace('+', ''),
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
    details: target.retrySeconds === undefined ? {} : { callbackRetrySeconds: target.retrySeconds },
    selection: undefined,
  };
}
