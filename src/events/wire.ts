// Our names for what changes in an account. Extensions.
import { Type } from 'typebox';
import { type ChangeDigest, changeTopics, maxMessageIds } from './account-change.ts';

export const HelloEvent = Type.Object({
  cursor: Type.String({ description: 'Where the stream begins; what comes next is newer.' }),
});

export const ResetEvent = Type.Object({
  cursor: Type.String({ description: 'What came before is not known: anything may have changed.' }),
});

export const ChangeEvent = Type.Object({
  topics: Type.Array(Type.Enum([...changeTopics]), { description: 'Kinds of things that have changed.' }),
  message_uuids: Type.Optional(
    Type.Array(Type.String(), {
      maxItems: maxMessageIds,
      description:
        'With `messages` or `webhooks`: the messages that it is about. Absent where there are more, or where they are not known: then any may have changed.',
    }),
  ),
});

export function changesToWire({ topics, messageIds }: ChangeDigest) {
  return { topics, ...(messageIds === undefined ? {} : { message_uuids: messageIds }) };
}
