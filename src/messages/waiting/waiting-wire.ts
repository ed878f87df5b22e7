// The wire of messages that wait: the list of those that are scheduled, and cancelling. Extensions.
import { type Static, Type } from 'typebox';
import { pageParameters, uncountedListSchema } from '../../http/page.ts';
import { messageToWire, wireTime } from '../wire.ts';
import type { Cancelled } from './cancel-messages.ts';
import type { WaitingMessage } from './waiting-store.ts';

export const ListScheduledInput = Type.Object({
  ...pageParameters,
  powerpack_id: Type.Optional(
    Type.String({ maxLength: 40, trim: true, description: 'Only messages of this powerpack.' }),
  ),
});

export const ScheduledMessageBody = Type.Object({
  from_number: Type.String({
    description: 'The sender as it is now; a powerpack chooses again when the moment has come.',
  }),
  message_time: Type.String(),
  message_type: Type.Enum(['sms', 'mms']),
  message_uuid: Type.String(),
  powerpack_id: Type.Union([Type.String(), Type.Null()]),
  reason: Type.Enum(['request', 'quiet_hours'], {
    description: 'What it waits for: the `send_at` of its request, or the end of quiet hours.',
  }),
  send_at: Type.String(),
  to_number: Type.String(),
});
export const ScheduledListBody = uncountedListSchema(ScheduledMessageBody);

export function scheduledToWire({
  message,
  sendAt,
  reason,
}: WaitingMessage): Static<typeof ScheduledMessageBody> {
  const shown = messageToWire(message);
  return {
    from_number: shown.from_number,
    message_time: shown.message_time,
    message_type: shown.message_type,
    message_uuid: shown.message_uuid,
    powerpack_id: shown.powerpack_id,
    reason,
    send_at: wireTime(sendAt),
    to_number: shown.to_number,
  };
}

export const CancelledMessageBody = Type.Object({
  message: Type.Literal('cancelled'),
  message_uuid: Type.String(),
});

export const CancelledMessagesBody = Type.Object({
  cancelled: Type.Integer({ description: 'Messages that this request has cancelled, 1,000 at most.' }),
  complete: Type.Boolean({ description: 'Whether nothing is left to cancel; else repeat the request.' }),
  message: Type.Literal('cancelled'),
  under_way: Type.Integer({
    description:
      'Queued messages that can no longer be cancelled, because they are being submitted; known once `complete` is true.',
  }),
});

export const cancelledToWire = ({
  cancelled,
  underWay,
  isComplete,
}: Cancelled): Static<typeof CancelledMessagesBody> => ({
  cancelled,
  complete: isComplete,
  message: 'cancelled',
  under_way: underWay,
});
