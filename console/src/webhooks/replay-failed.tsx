// Making all failed callbacks of a URL again, once one of them has shown that the URL works.
import { useState } from 'preact/hooks';
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { useResource } from '../live/use-resource.ts';
import { Badge } from '../parts/badge.tsx';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { Failure } from '../parts/failure.tsx';
import { counted } from '../parts/format.ts';
import { showToast } from '../parts/toasts.tsx';
import { useAction } from '../parts/use-action.ts';
import { useSession } from '../session/session.ts';
import { outcomeWords, responseInWords } from './webhook-words.ts';

interface Props {
  readonly failed: Schemas['FailedWebhook'];
  readonly onClose: () => void;
}

export function ReplayFailed({
  failed: { url, replayable, calls, newest_replayable: uuid },
  onClose,
}: Props) {
  const { client } = useSession();
  const [isTested, setTested] = useState(false);
  const test = useAction(async () => {
    const params = { path: { webhook_uuid: uuid ?? '' } };
    await answerOf(client.POST('/Webhook/{webhook_uuid}/Replay/', { params }));
    setTested(true);
  });
  const replay = useAction(async () => {
    const answer = await answerOf(client.POST('/Webhook/Failed/Replay/', { body: { url } }));
    showToast(`${counted(answer.calls, 'callback')} queued again.`);
    onClose();
  });
  const error = test.error ?? replay.error;
  const kept = calls - replayable;
  return (
    <Dialog title="Replay all that failed?" onClose={onClose}>
      <p>
        {counted(replayable, 'callback')} to <code class="webhook-address">{url}</code> begin anew, with
        retries. An application that has received some of them already gets those a second time.
      </p>
      {kept > 0 && (
        <p>{counted(kept, 'callback')} cannot be repeated: the parameters are not stored any more.</p>
      )}
      <p>Try one first: the newest is sent, and the response appears here.</p>
      {isTested && uuid !== null && <TestResult uuid={uuid} />}
      <Failure error={error} />
      <div class="dialog-actions">
        <Button onClick={onClose}>Cancel</Button>
        <Button busy={test.isRunning} disabled={uuid === null} onClick={() => void test.run()}>
          Test call
        </Button>
        <Button kind="primary" busy={replay.isRunning} onClick={() => void replay.run()}>
          Replay {counted(replayable, 'callback')}
        </Button>
      </div>
    </Dialog>
  );
}

/** Shows how the one callback that was made again went. */
function TestResult({ uuid }: { readonly uuid: string }) {
  const { client } = useSession();
  const params = { path: { webhook_uuid: uuid } };
  const { data } = useResource(
    `webhook ${uuid}`,
    (signal) => answerOf(client.GET('/Webhook/{webhook_uuid}/', { params, signal })),
    ['webhooks'],
  );
  if (data === undefined) return null;
  const { word, tone } = outcomeWords[data.outcome];
  return (
    <p role="status">
      Test call: <Badge tone={tone}>{word}</Badge> {data.attempts > 0 && responseInWords(data)}
    </p>
  );
}
