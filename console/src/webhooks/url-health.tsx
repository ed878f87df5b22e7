// The URLs whose calls fail or are paused, and the buttons that pause and resume them.
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { atLeast } from '../live/intervals.ts';
import { type Resource, useResource } from '../live/use-resource.ts';
import { Badge } from '../parts/badge.tsx';
import { Button } from '../parts/button.tsx';
import { Failure } from '../parts/failure.tsx';
import { counted } from '../parts/format.ts';
import { TimeAgo } from '../parts/time-ago.tsx';
import { showToast } from '../parts/toasts.tsx';
import { useAction } from '../parts/use-action.ts';
import { useSession } from '../session/session.ts';

type Health = Schemas['WebhookUrl'];

/** Returns the wait before the next request: counting reads ten thousand callbacks. */
const interval = atLeast(3000);

/** Loads the health of each URL. */
export function useUrlHealth(): Resource<{ readonly objects: readonly Health[] }> {
  const { client } = useSession();
  return useResource(
    'webhook urls',
    (signal) => answerOf(client.GET('/Webhook/Url/', { signal })),
    ['webhooks'],
    { interval },
  );
}

export function UrlHealth({ urls }: { readonly urls: readonly Health[] }) {
  const concerning = urls.filter(
    ({ paused_on: paused, failing_since: failing }) => paused !== null || failing !== null,
  );
  if (concerning.length === 0) return null;
  return (
    <section class="card failed-urls" aria-labelledby="url-health">
      <h2 id="url-health">URLs that fail or are paused</h2>
      <ul>
        {concerning.map((health) => (
          <li key={health.url}>
            <OneUrl health={health} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function OneUrl({ health }: { readonly health: Health }) {
  const { client } = useSession();
  const { url, paused_on: paused, failing_since: failing, last_error: error, waiting, delivered } = health;
  const change = useAction(async () => {
    if (paused === null) {
      await answerOf(client.POST('/Webhook/Url/Pause/', { body: { url } }));
      showToast('The URL is paused: its callbacks wait.');
    } else {
      const { calls } = await answerOf(client.POST('/Webhook/Url/Resume/', { body: { url } }));
      showToast(`The URL is resumed: ${counted(calls, 'callback')} go now.`);
    }
  });
  return (
    <article aria-label={url}>
      <div>
        <p class="webhook-address code">{url}</p>
        <p>
          {paused !== null && <Badge tone="warn">Paused</Badge>} {counted(waiting, 'callback')} wait,{' '}
          {delivered} were delivered.
        </p>
        <p class="quiet">
          {paused !== null && (
            <>
              Paused <TimeAgo time={paused} />. A callback that waits for six days fails.{' '}
            </>
          )}
          {failing !== null && (
            <>
              Fails since <TimeAgo time={failing} />: {error}.
            </>
          )}
        </p>
        <Failure error={change.error} />
      </div>
      <div class="actions">
        <Button busy={change.isRunning} onClick={() => void change.run()}>
          {paused === null ? 'Pause' : 'Resume'}
        </Button>
      </div>
    </article>
  );
}
