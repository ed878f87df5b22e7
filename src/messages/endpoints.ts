// Message: send, retrieve, list, explain.
import { requireOperator } from '../accounts/operator.ts';
import { ApiError } from '../base/errors.ts';
import { simulatorName } from '../carriers/simulator/config.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { pageOf, uncountedPageAnswer } from '../http/page.ts';
import { maxMessageBytes } from '../media/media.ts';
import { findMedia } from '../media/store.ts';
import { requireCarrier } from '../routing/change-carrier.ts';
import type { Operating } from '../routing/operating.ts';
import { CarrierPath } from '../routing/wire.ts';
import { isFictitious } from '../telecom/inventory.ts';
import type { MessageAcceptor } from './accept/message-acceptor.ts';
import { readSendRequest } from './accept/send-request-wire.ts';
import { explainMessage } from './explain-message.ts';
import { ExplainedMessageBody, explanationToWire } from './explain-wire.ts';
import { readFilters } from './filters-wire.ts';
import { plainSender } from './send-request.ts';
import { countMessages, getMessage, listMessages } from './store.ts';
import {
  ListMessagesInput,
  MessageBody,
  MessageCountBody,
  MessageFiltersInput,
  MessageListBody,
  MessagePath,
  messageToWire,
  SendMessageInput,
  SentMessageBody,
  TestCarrierInput,
} from './wire.ts';

export const sendMessageEndpoint = defineEndpoint({
  summary: 'Send a message',
  role: 'sender',
  description:
    'Accepted means stored: whatever happens to the server afterwards, the message goes out or fails with a code. A powerpack chooses its sender now, and `Message/{message_uuid}/Explain/` tells why.',
  input: SendMessageInput,
  announcesItself: true,
  answers: { 202: SentMessageBody },
  confirmsScope: true,
  logsRefusalsOnly: true,
  async handle(
    { db, scope, countMore, input, now, requesterIp, trace },
    { acceptor }: { acceptor: MessageAcceptor },
  ) {
    const { request, given } = readSendRequest(scope, input, requesterIp, now);
    await countMore(request.destinations.length - 1);
    const mediaIds = request.media.flatMap((medium) => ('mediaId' in medium ? [medium.mediaId] : []));
    const known = await findMedia(db, scope, mediaIds);
    const unknown = mediaIds.find((id) => !known.has(id));
    if (unknown !== undefined) throw new ApiError('invalid', `media_ids: there is no media ${unknown}`);
    const bytes = mediaIds.reduce((sum, id) => sum + (known.get(id)?.size ?? 0), 0);
    if (bytes > maxMessageBytes) {
      throw new ApiError('invalid', `media_ids must be at most ${maxMessageBytes} bytes together`);
    }
    const accepted = await acceptor.accept(db, request, now, trace);
    const sent = new Set(accepted.flatMap((one) => (one.messageId === undefined ? [] : one.given)));
    const invalidNumbers = given.filter((one) => !sent.has(one));
    return {
      status: 202,
      body: {
        message: 'message(s) queued',
        message_uuid: accepted.flatMap(({ messageId }) => messageId ?? []),
        ...(invalidNumbers.length === 0 ? {} : { invalid_number: invalidNumbers }),
      },
    };
  },
});

export const testCarrierEndpoint = defineEndpoint({
  summary: 'Send a test message over a carrier',
  description:
    "The message goes to this carrier, whatever the routes say; it is paced, reported and explained like any other. The operator's account only.",
  extension: true,
  path: CarrierPath,
  input: TestCarrierInput,
  announcesItself: true,
  answers: { 202: SentMessageBody },
  async handle(
    { db, scope, path, input, now, requesterIp },
    { acceptor, operating }: { acceptor: MessageAcceptor; operating: Operating },
  ) {
    await requireOperator(db, scope, operating.operatorId());
    const carrier = path.carrier_name;
    await requireCarrier(db, carrier, operating.hasSimulator);
    const { request } = readSendRequest(scope, input, requesterIp, now);
    if (carrier !== simulatorName && isFictitious(plainSender(input.src))) {
      throw new ApiError('invalid', 'src is a fictitious number, which goes to the simulator only');
    }
    const details = { ...request.details, carrier };
    const accepted = await acceptor.accept(db, { ...request, details }, now);
    return {
      status: 202,
      body: {
        message: 'message(s) queued',
        message_uuid: accepted.flatMap(({ messageId }) => messageId ?? []),
      },
    };
  },
});

export const getMessageEndpoint = defineEndpoint({
  summary: 'Retrieve a message',
  path: MessagePath,
  answers: { 200: MessageBody },
  async handle({ db, scope, path }) {
    const message = await getMessage(db, scope, path.message_uuid);
    if (message === undefined) throw new ApiError('notFound', 'not found');
    return { status: 200, body: messageToWire(message) };
  },
});

export const listMessagesEndpoint = defineEndpoint({
  summary: 'List messages',
  description: 'The newest first. Without a filter on `message_time`, those of the last 24 hours.',
  input: ListMessagesInput,
  // Python's SDK reads them first, and fails with a TypeError of its own where there are none (wire-data-plane 1.1).
  errorBody: { objects: [] },
  mayLag: true,
  answers: { 200: MessageListBody },
  async handle({ db, scope, input, now }) {
    const page = pageOf(input);
    const filters = readFilters(input, now);
    const { messages, hasMore } =
      filters === undefined ? { messages: [], hasMore: false } : await listMessages(db, scope, filters, page);
    const path = `/v1/Account/${scope.accountId}/Message/`;
    return uncountedPageAnswer(path, page, input, hasMore, messages.map(messageToWire));
  },
});

export const countMessagesEndpoint = defineEndpoint({
  summary: 'Count messages',
  description:
    'As many as the list would have with these filters, up to 100,000. Without a filter on `message_time`, those of the last 24 hours.',
  extension: true,
  input: MessageFiltersInput,
  mayLag: true,
  answers: { 200: MessageCountBody },
  async handle({ db, scope, input, now }) {
    const filters = readFilters(input, now);
    const { count, isWhole } =
      filters === undefined ? { count: 0, isWhole: true } : await countMessages(db, scope, filters);
    return { status: 200, body: { count, complete: isWhole } };
  },
});

export const explainMessageEndpoint = defineEndpoint({
  summary: "Explain a message's sender and history",
  description:
    'Why this number sent it, why other members of the pool did not, which route and carrier it took, when it went and what happened on the way.',
  extension: true,
  path: MessagePath,
  answers: { 200: ExplainedMessageBody },
  async handle({ db, scope, path, now }, { operating }: { operating: Operating }) {
    const explained = await explainMessage(db, scope, path.message_uuid, operating.hasSimulator, now);
    if (explained === undefined) throw new ApiError('notFound', 'not found');
    return { status: 200, body: explanationToWire(explained, now) };
  },
});
