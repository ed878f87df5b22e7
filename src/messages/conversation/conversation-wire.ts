// Wire names of a conversation. Extensions.
import { Type } from 'typebox';
import { pageParameters, uncountedListSchema } from '../../http/page.ts';
import { NumberSegment, Uuid } from '../../http/schemas.ts';
import { keptText, MessageBody, messageToWire } from '../wire.ts';
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
