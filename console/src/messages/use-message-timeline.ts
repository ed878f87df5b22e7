// Everything that is known of one message, kept up to date.
import { answerOf, type RucksackClient, type Schemas } from '../../../client/src/client.ts';
import { type Resource, useResource } from '../live/use-resource.ts';
import { useSession } from '../session/session.ts';
import { type Step, timelineOf } from './message-timeline.ts';

export interface MessageTimeline {
  readonly message: Schemas['Message'];
  readonly explanation: Schemas['ExplainedMessage'];
  /** The first 20 callbacks, the oldest first. */
  readonly webhooks: readonly Schemas['WebhookSummary'][];
  readonly steps: readonly Step[];
}

export function useMessageTimeline(uuid: string): Resource<MessageTimeline> {
  const { client } = useSession();
  return useResource(`timeline ${uuid}`, (signal) => loadTimeline(client, uuid, signal), [
    'messages',
    'webhooks',
  ]);
}

async function loadTimeline(
  client: RucksackClient,
  uuid: string,
  signal: AbortSignal,
): Promise<MessageTimeline> {
  const params = { path: { message_uuid: uuid } };
  const [message, explanation, calls] = await Promise.all([
    answerOf(client.GET('/Message/{message_uuid}/', { params, signal })),
    answerOf(client.GET('/Message/{message_uuid}/Explain/', { params, signal })),
    answerOf(client.GET('/Webhook/', { params: { query: { message_uuid: uuid } }, signal })),
  ]);
  const webhooks = calls.objects.toReversed();
  return { message, explanation, webhooks, steps: timelineOf(message, explanation, webhooks) };
}
