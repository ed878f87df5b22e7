// The URLs whose callbacks failed for good, each with its reasons, and the replay of all of them.
import { useState } from 'preact/hooks';
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { atLeast } from '../live/intervals.ts';
import { type Resource, useResource } from '../live/use-resource.ts';
import { Button } from '../parts/button.tsx';
import { counted } from '../parts/format.ts';
import { TimeAgo } from '../parts/time-ago.tsx';
import { useSession } from '../session/session.ts';
import { ReplayFailed } from './replay-failed.tsx';
import { adviceOn, reasonInWords } from './webhook-words.ts';

type FailedUrl = Schemas['FailedWebhook'];

/** Returns the wait before the next request: grouping reads every failed callback. */
const interval = atLeast(3000);

/** Loads the failed callbacks by URL. */
export function useFailedUrls(): Resource<{ readonly objects: readonly FailedUrl[] }> {
  const { client } = useSession();
  return useResource(
    'failed webhooks',
    (signal) => answerOf(client.GET('/Webhook/Failed/', { signal })),
    ['webhooks'],
    { interval },
  );
}

interface Props {
  readonly urls: readonly FailedUrl[];
  /** Shows the failed callbacks of one URL in the list. */
  readonly onChoose: (url: string) => void;
}

export function FailedUrls({ urls, onChoose }: Props) {
  const [replaying, setReplaying] = useState<FailedUrl>();
  if (urls.length === 0) {
    return replaying === undefined ? null : (
      <ReplayFailed failed={replaying} onClose={() => setReplaying(undefined)} />
    );
  }
  return (
    <section class="card failed-urls" aria-labelledby="failed-urls">
      <h2 id="failed-urls">Failed for good, by URL</h2>
      <ul>
        {urls.map((failed) => (
          <li key={failed.url}>
            <OneUrl
              failed={failed}
              onChoose={() => onChoose(failed.url)}
              onReplay={() => setReplaying(failed)}
            />
          </li>
        ))}
      </ul>
      {replaying !== undefined && <ReplayFailed failed={replaying} onClose={() => setReplaying(undefined)} />}
    </section>
  );
}

interface OneProps {
  readonly failed: FailedUrl;
  readonly onChoose: () => void;
  readonly onReplay: () => void;
}

function OneUrl({ failed, onChoose, onReplay }: OneProps) {
  const { url, calls, replayable, reasons, first_queued_on: first, last_queued_on: last } = failed;
  const advice = reasons[0] && adviceOn(reasons[0].error);
  return (
    <article aria-label={url}>
      <div>
        <p class="webhook-address code">{url}</p>
        <p>
          <strong>{counted(calls, 'callback')} failed</strong>:{' '}
          {reasons.map((reason) => reasonInWords(reason, calls)).join('; ')}
        </p>
        <p class="quiet">
          The first was queued <TimeAgo time={first} />, the last <TimeAgo time={last} />. {advice}
        </p>
      </div>
      <div class="actions">
        <Button onClick={onChoose} aria-label={`Show them: the failed callbacks of ${url}`}>
          Show them
        </Button>
        <Button
          kind="primary"
          disabled={replayable === 0}
          onClick={onReplay}
          aria-label={`Replay all … that failed of ${url}`}
        >
          Replay all …
        </Button>
      </div>
    </article>
  );
}
