// The callbacks to the application for the newest messages of a conversation, and its replies.
import { answerOf } from '../../../client/src/client.ts';
import { useResource } from '../live/use-resource.ts';
import { MessageCallbacks } from '../messages/message-callbacks.tsx';
import { Loaded } from '../parts/page.tsx';
import { useSession } from '../session/session.ts';
import type { ConversationMessage } from './use-conversation.ts';

/** How many messages are looked at, and how many callbacks are shown. */
const maxMessages = 8;
const maxCalls = 20;

export function ConversationCallbacks({ messages }: { readonly messages: readonly ConversationMessage[] }) {
  const { client } = useSession();
  const uuids = messages.slice(0, maxMessages).map(({ message_uuid: uuid }) => uuid);
  const load = async (signal: AbortSignal) => {
    const lists = await Promise.all(
      uuids.map((uuid) =>
        answerOf(client.GET('/Webhook/', { params: { query: { message_uuid: uuid } }, signal })),
      ),
    );
    const calls = lists.flatMap(({ objects }) => objects);
    return calls.sort((a, b) => b.created_on.localeCompare(a.created_on)).slice(0, maxCalls);
  };
  const calls = useResource(`calls ${uuids.join()}`, load, ['webhooks'], { keepsPrevious: true });
  const texts = new Map(messages.map(({ message_uuid: uuid, text }) => [uuid, text]));
  const aboutOf = (uuid: string) => excerptOf(texts.get(uuid));
  return <Loaded resource={calls}>{(list) => <MessageCallbacks webhooks={list} aboutOf={aboutOf} />}</Loaded>;
}

const excerptLength = 40;

function excerptOf(text: string | null | undefined): string | undefined {
  if (!text) return undefined;
  return text.length > excerptLength ? `“${text.slice(0, excerptLength)}…”` : `“${text}”`;
}
