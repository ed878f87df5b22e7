// Wire names of a conversation. Extensions.
import { type Static, Type } from 'typebox';
import { orderParameters } from '../../http/order.ts';
import { listSchema, pageParameters, uncountedListSchema } from '../../http/page.ts';
import { NumberSegment, Uuid } from '../../http/schemas.ts';
import { keptText, MessageBody, messageToWire } from '../wire.ts';
import {
  type ConversationFilters,
  type ConversationSummary,
  conversationKinds,
  conversationOrders,
} from './conversation-list.ts';
import type { ConversationMessage } from './conversation-store.ts';

export const ConversationPath = Type.Object({ number: NumberSegment });

export const ConversationInput = Type.Object({
  powerpack_uuid: Type.Optional(
    Type.Unsafe<string>({ ...Uuid, description: 'Only messages to and from this powerpack.' }),
  ),
  ...pageParameters,
});

export const ConversationMessageBody = Type.Object({ ...MessageBody.properties, text: keptText });

export const ConversationBody = uncountedListSchema(ConversationMessageBody);

export const conversationMessageToWire = ({ message, text }: ConversationMessage) => ({
  ...messageToWire(message),
  text: text ?? null,
});

export const ListConversationsInput = Type.Object({
  kind: Type.Optional(
    Type.Enum([...conversationKinds], {
      default: 'replied',
      description:
        "Those in which the person has written (`replied`); of them those whose last word is the person's (`unanswered`) and those with a STOP that holds (`opted_out`); or also those who were only written to (`all`).",
    }),
  ),
  powerpack_uuid: Type.Optional(
    Type.Unsafe<string>({ ...Uuid, description: 'Only conversations with this powerpack.' }),
  ),
  number: Type.Optional(
    Type.String({ maxLength: 40, description: "Only where the person's number has these digits." }),
  ),
  ...orderParameters(conversationOrders, 'without it the one with the newest message comes first.'),
  ...pageParameters,
});

export const ConversationSummaryBody = Type.Object({
  last_message: ConversationMessageBody,
  number: Type.String({ description: "The person's number." }),
  opted_out: Type.Boolean(),
  powerpack_uuid: Type.Union([Type.String(), Type.Null()]),
  received: Type.Integer({ description: 'Messages from the person.' }),
  sent: Type.Integer({ description: 'Messages to the person.' }),
  unanswered: Type.Boolean(),
});

export const ConversationListBody = listSchema(ConversationSummaryBody);

export function conversationFiltersFromWire(
  input: Static<typeof ListConversationsInput>,
): ConversationFilters {
  const digits = input.number?.replaceAll(/\D/g, '');
  return {
    kind: input.kind ?? 'replied',
    powerpackUuid: input.powerpack_uuid,
    digits: digits === '' ? undefined : digits,
  };
}

export const conversationToWire = (conversation: ConversationSummary) => ({
  last_message: conversationMessageToWire({ message: conversation.last, text: conversation.lastText }),
  number: conversation.handset,
  opted_out: conversation.isOptedOut,
  powerpack_uuid: conversation.powerpackUuid ?? null,
  received: conversation.received,
  sent: conversation.sent,
  unanswered: conversation.isUnanswered,
});
