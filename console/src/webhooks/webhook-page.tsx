// One callback: its request, the result of each attempt, and the replay.
import { useState } from 'preact/hooks';
import { useRoute } from 'preact-iso/router';
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { isMissing } from '../live/missing.ts';
import { useResource } from '../live/use-resource.ts';
import { Badge } from '../parts/badge.tsx';
import { Button, ButtonLink } from '../parts/button.tsx';
import { Confirm } from '../parts/confirm.tsx';
import { Empty } from '../parts/empty.tsx';
import { Notice } from '../parts/notice.tsx';
import { Loaded, Page } from '../parts/page.tsx';
import { TimeAgo } from '../parts/time-ago.tsx';
import { showToast } from '../parts/toasts.tsx';
import { useSession } from '../session/session.ts';
import { Attempts } from './attempts.tsx';
import { SentRequest } from './sent-request.tsx';
import { kindWords, nextInWords, outcomeWords } from './webhook-words.ts';

const parent = { href: '/console/webhooks', label: 'Webhooks' };

export function WebhookPage() {
  const { client } = useSession();
  const { uuid = '' } = useRoute().params;
  const [isAsking, setAsking] = useState(false);
  const params = { path: { webhook_uuid: uuid } };
  const webhook = useResource(
    `webhook ${uuid}`,
    (signal) => answerOf(client.GET('/Webhook/{webhook_uuid}/', { params, signal })),
    ['webhooks'],
  );
  if (isMissing(webhook.error) && webhook.data === undefined) {
    return (
      <Page title="No such callback" parent={parent}>
        <div class="card">
          <Empty title="The log has no callback at this address">
            <p>Callbacks are stored for seven days.</p>
            <ButtonLink href="/console/webhooks">Back to the log</ButtonLink>
          </Empty>
        </div>
      </Page>
    );
  }
  const call = webhook.data;
  return (
    <Page
      title={call === undefined ? 'Webhook' : `${kindWords[call.kind]}: callback`}
      parent={parent}
      actions={
        <Button disabled={call === undefined || call.parameters === null} onClick={() => setAsking(true)}>
          Replay
        </Button>
      }
    >
      <Loaded resource={webhook}>
        {(shown) => (
          <>
            <Summary call={shown} />
            <Attempts log={shown.log} kind={shown.kind} />
            <SentRequest call={shown} />
          </>
        )}
      </Loaded>
      {isAsking && call !== undefined && (
        <Confirm
          title="Repeat this callback?"
          verb="Replay"
          act={async () => {
            await answerOf(client.POST('/Webhook/{webhook_uuid}/Replay/', { params }));
            showToast('Queued: the attempt appears below.');
          }}
          onClose={() => setAsking(false)}
        >
          <Consequences call={call} />
        </Confirm>
      )}
    </Page>
  );
}

function Consequences({ call: { url, kind, outcome } }: { readonly call: Schemas['Webhook'] }) {
  return (
    <>
      <p>
        The same parameters go to <code class="webhook-address">{url}</code> again, with a new signature.{' '}
        {outcome === 'pending'
          ? 'The next attempt is made at once.'
          : 'Attempts begin anew, with retries on failure.'}
      </p>
      <p>
        {kind === 'inbound'
          ? 'The reply of your application counts, unless an earlier attempt was delivered.'
          : `An application that has received it already gets the same ${kind} a second time.`}
      </p>
    </>
  );
}

function Summary({ call }: { readonly call: Schemas['Webhook'] }) {
  const { word, tone } = outcomeWords[call.outcome];
  return (
    <section class="card" aria-label="Summary">
      <dl class="facts">
        <dt>Outcome</dt>
        <dd>
          <Badge tone={tone}>{word}</Badge> <span class="quiet">{nextInWords(call)}</span>
        </dd>
        <dt>Next attempt</dt>
        <dd>{call.next_attempt_on === null ? 'none' : <TimeAgo time={call.next_attempt_on} />}</dd>
        {call.message_uuid !== null && (
          <>
            <dt>Message</dt>
            <dd>
              <a class="code" href={`/console/messages/${call.message_uuid}`}>
                {call.message_uuid}
              </a>
            </dd>
          </>
        )}
        <dt>Queued</dt>
        <dd>
          <TimeAgo time={call.created_on} />
        </dd>
        <dt>Attempts</dt>
        <dd>{call.attempts}</dd>
      </dl>
      {call.parameters === null && (
        <Notice tone="info">
          The message was not to be stored, so its parameters are gone and the callback cannot be repeated.
        </Notice>
      )}
    </section>
  );
}
