// Message: listing what is scheduled, and cancelling what waits. Extensions.
import { ApiError } from '../../base/errors.ts';
import type { Notifier } from '../../events/notifier.ts';
import { defineEndpoint } from '../../http/endpoint.ts';
import { pageOf, uncountedPageAnswer } from '../../http/page.ts';
import { isUuid } from '../../http/schemas.ts';
import type { CallbackQueue } from '../../webhooks/callback-queue.ts';
import { readFilters } from '../filters-wire.ts';
import { MessageFiltersInput, MessagePath } from '../wire.ts';
import { cancelMessage, cancelMessages } from './cancel-messages.ts';
import { listScheduled } from './waiting-store.ts';
import {
  CancelledMessageBody,
  CancelledMessagesBody,
  cancelledToWire,
  ListScheduledInput,
  ScheduledListBody,
  scheduledToWire,
} from './waiting-wire.ts';

/** Days that messages are kept: queued ones of any age are meant. */
const keptDays = 90;

interface Parts {
  readonly notifier: Notifier;
  readonly callbacks: CallbackQueue;
}

export const listScheduledEndpoint = defineEndpoint({
  summary: 'List scheduled messages',
  description: 'Messages that wait for their moment, the next first.',
  extension: true,
  input: ListScheduledInput,
  answers: { 200: ScheduledListBody },
  async handle({ db, scope, input }) {
    const page = pageOf(input);
    const { powerpack_id: powerpackUuid } = input;
    const isPossible = powerpackUuid === undefined || isUuid(powerpackUuid);
    const { messages, hasMore } = isPossible
      ? await listScheduled(db, scope, powerpackUuid, page)
      : { messages: [], hasMore: false };
    const path = `/v1/Account/${scope.accountId}/Message/Scheduled/`;
    return uncountedPageAnswer(path, page, input, hasMore, messages.map(scheduledToWire));
  },
});

export const cancelMessageEndpoint = defineEndpoint({
  summary: 'Cancel a message',
  description:
    'A message that waits for its moment or for its number fails with code 430, and its callback is called. One that is being submitted, or was, is refused with 409.',
  extension: true,
  role: 'sender',
  path: MessagePath,
  announcesItself: true,
  answers: { 200: CancelledMessageBody },
  async handle({ db, scope, path, now, newId }, { notifier, callbacks }: Parts) {
    await cancelMessage(db, scope, path.message_uuid, now, { notifier, callbacks, newId });
    return { status: 200, body: { message: 'cancelled', message_uuid: path.message_uuid } };
  },
});

export const cancelMessagesEndpoint = defineEndpoint({
  summary: 'Cancel messages',
  description:
    'Cancels the waiting messages that the filters of the list leave, up to 1,000 a request: repeat it until `complete` is true. At least one filter is needed; `message_state` `queued` is all that wait.',
  extension: true,
  role: 'sender',
  input: MessageFiltersInput,
  announcesItself: true,
  answers: { 200: CancelledMessagesBody },
  async handle({ db, scope, input, now, newId }, { notifier, callbacks }: Parts) {
    if (Object.values(input).every((value) => value === undefined)) {
      throw new ApiError('invalid', 'at least one filter is needed; message_state queued is all that wait');
    }
    const filters = readFilters(input, now, keptDays);
    const cancelled =
      filters === undefined
        ? { cancelled: 0, underWay: 0, isComplete: true }
        : await cancelMessages(db, scope, filters, now, { notifier, callbacks, newId });
    return { status: 200, body: cancelledToWire(cancelled) };
  },
});
