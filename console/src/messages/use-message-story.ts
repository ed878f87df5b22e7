// Everything that is known of one message, kept up to date.
import { answerOf, type RucksackClient, type Schemas } from '../../../client/src/client.ts';
import { type Resource, useResource } from '../live/use-resource.ts';
import { useSession } from '../session/session.ts';
import { type Step, storyOf } from './message-story.ts';

export interface MessageStory {
  readonly message: Schemas['Message'];
  readonly explanation: Schemas['ExplainedMessage'];
  /** The first 20 calls, the first first. */
  readonly webhooks: readonly Schemas['WebhookSummary'][];
  readonly steps: readonly Step[];
}

export function useMessageStory(uuid: string): Resource<MessageStory> {
  const { client } = useSession();
  return useResource(`story ${uuid}`, (signal) => tellStory(client, uuid, signal), ['messages', 'webhooks']);
}

async function tellStory(client: RucksackClient, uuid: string, signal: AbortSignal): Promise<MessageStory> {
  const params = { path: { message_uuid: uuid } };
  const [message, explanation, calls] = await Promise.all([
    answerOf(client.GET('/Message/{message_uuid}/', { params, signal })),
    answerOf(client.GET('/Message/{message_uuid}/Explain/', { params, signal })),
    answerOf(client.GET('/Webhook/', { params: { query: { message_uuid: uuid } }, signal })),
  ]);
  const webhooks = calls.objects.toReversed();
  return { message, explanation, webhooks, steps: storyOf(message, explanation, webhooks) };
}
