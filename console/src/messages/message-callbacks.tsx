// The callbacks of a message: parameters, signatures, and the application's replies.
import { useState } from 'preact/hooks';
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { useResource } from '../live/use-resource.ts';
import { Badge } from '../parts/badge.tsx';
import { counted, moment } from '../parts/format.ts';
import { Loaded } from '../parts/page.tsx';
import { TimeAgo } from '../parts/time-ago.tsx';
import { useSession } from '../session/session.ts';
import { kindWords, outcomeWords } from '../webhooks/webhook-words.ts';
import { CallbackAttempts } from './callback-attempts.tsx';
import { CodeFacts } from './code-facts.tsx';

type WebhookSummary = Schemas['WebhookSummary'];

interface Props {
  readonly webhooks: readonly WebhookSummary[];
  /** The message of a callback, where the list has several. */
  readonly aboutOf?: (messageUuid: string) => string | undefined;
}

export function MessageCallbacks({ webhooks, aboutOf }: Props) {
  return (
    <section class="card" aria-label="Callbacks">
      <h2>Callbacks</h2>
      {webhooks.length === 0 ? (
        <p class="quiet">
          No callback URL. Each change of state goes to the callback URL that a message was sent with; an
          inbound message goes to the message URL of its number's application.
        </p>
      ) : (
        webhooks.map((webhook) => (
          <Callback
            key={webhook.webhook_uuid}
            webhook={webhook}
            about={webhook.message_uuid === null ? undefined : aboutOf?.(webhook.message_uuid)}
          />
        ))
      )}
    </section>
  );
}

interface CallbackProps {
  readonly webhook: WebhookSummary;
  readonly about: string | undefined;
}

function Callback({ webhook, about }: CallbackProps) {
  const [isOpen, setOpen] = useState(false);
  const { outcome, attempts, kind } = webhook;
  const { tone, word } = outcomeWords[outcome];
  return (
    <details class="callback" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <Badge tone={tone}>{word}</Badge>
        <span>
          {kindWords[kind]}
          {about !== undefined && `: ${about}`}
        </span>
        <span class="code">
          {webhook.method} {webhook.url}
        </span>
        <span class="quiet">
          <TimeAgo time={webhook.created_on} />, {counted(attempts, 'attempt')}
        </span>
      </summary>
      {isOpen && <CallbackDetails webhook={webhook} />}
    </details>
  );
}

function CallbackDetails({
  webhook: { webhook_uuid: uuid, next_attempt_on: next },
}: {
  readonly webhook: WebhookSummary;
}) {
  const { client } = useSession();
  const details = useResource(
    `webhook ${uuid}`,
    (signal) =>
      answerOf(client.GET('/Webhook/{webhook_uuid}/', { params: { path: { webhook_uuid: uuid } }, signal })),
    ['webhooks'],
  );
  return (
    <div class="callback-details">
      <Loaded resource={details}>
        {({ parameters, log }) => (
          <>
            {next !== null && <p>The next attempt is at {moment(next)}.</p>}
            <h3>Parameters</h3>
            {parameters === null ? (
              <p class="quiet">Its parameters are no longer stored.</p>
            ) : (
              <CodeFacts facts={parameters.map(({ name, value }) => [name, value])} />
            )}
            <CallbackAttempts attempts={log} />
            <a href={`/console/webhooks/${uuid}`}>Open this webhook</a> to replay it.
          </>
        )}
      </Loaded>
    </div>
  );
}
