// The messages between a powerpack and one handset, kept up to date.
import { useState } from 'preact/hooks';
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { type Resource, useResource } from '../live/use-resource.ts';
import { pageSize } from '../parts/pager.tsx';
import { useSession } from '../session/session.ts';

export type ConversationMessage = Schemas['ConversationMessage'];

export interface Conversation {
  /** The newest first. */
  readonly messages: readonly ConversationMessage[];
  readonly hasMore: boolean;
}

interface ShownConversation extends Resource<Conversation> {
  /** Undefined where there is nothing earlier, or no more is shown at once. */
  readonly showEarlier: (() => void) | undefined;
}

/** The most pages that are shown at once. */
const maxPages = 10;

export function useConversation(powerpack: string, handset: string): ShownConversation {
  const { client } = useSession();
  const [pages, setPages] = useState(1);
  const load = async (signal: AbortSignal): Promise<Conversation> => {
    const messages: ConversationMessage[] = [];
    let hasMore = true;
    for (let page = 0; page < pages && hasMore; page++) {
      const query = { powerpack_uuid: powerpack, limit: pageSize, offset: page * pageSize };
      const params = { path: { number: handset }, query };
      const { meta, objects } = await answerOf(client.GET('/Conversation/{number}/', { params, signal }));
      messages.push(...objects);
      hasMore = meta.next !== null;
    }
    // A message that came between two pages has moved the last of one to the next.
    const once = new Map(messages.map((message) => [message.message_uuid, message]));
    return { messages: [...once.values()], hasMore };
  };
  const key = `conversation ${powerpack} ${handset} ${pages}`;
  const conversation = useResource(key, load, ['messages'], { keepsPrevious: true });
  const canShowMore = conversation.data?.hasMore === true && pages < maxPages;
  return { ...conversation, showEarlier: canShowMore ? () => setPages(pages + 1) : undefined };
}
