// Cancelling all messages that wait and that the filters of the list leave.
import { useState } from 'preact/hooks';
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { Button } from '../parts/button.tsx';
import { Confirm } from '../parts/confirm.tsx';
import { counted } from '../parts/format.ts';
import { showToast } from '../parts/toasts.tsx';
import { useSession } from '../session/session.ts';

type Filters = Schemas['MessageFiltersInput'];

interface Props {
  /** At least one. */
  readonly filters: object;
}

export function CancelWaiting({ filters }: Props) {
  const { client } = useSession();
  const [isAsked, setAsked] = useState(false);
  const [cancelled, setCancelled] = useState(0);
  const cancel = async () => {
    let total = 0;
    for (;;) {
      // The server judges the values of the filters, and its sentence is shown.
      const answer = await answerOf(client.POST('/Message/Cancel/', { body: filters as Filters }));
      total += answer.cancelled;
      setCancelled(total);
      if (!answer.complete) continue;
      const rest =
        answer.under_way === 0
          ? ''
          : ` ${counted(answer.under_way, 'message')} could not: under way already.`;
      showToast(`${counted(total, 'message')} cancelled.${rest}`);
      return;
    }
  };
  return (
    <>
      <Button onClick={() => setAsked(true)}>Cancel waiting</Button>
      {isAsked && (
        <Confirm
          title="Cancel all that wait?"
          verb="Cancel messages"
          act={cancel}
          onClose={() => {
            setAsked(false);
            setCancelled(0);
          }}
        >
          <p>
            All queued and scheduled messages with these filters fail with code 430, those on other pages too.
            Messages that are being submitted go on.
          </p>
          {cancelled > 0 && <p role="status">{counted(cancelled, 'message')} cancelled so far.</p>}
        </Confirm>
      )}
    </>
  );
}
