// Cancelling a message that has not been submitted.
import { useState } from 'preact/hooks';
import { answerOf } from '../../../client/src/client.ts';
import { Button } from '../parts/button.tsx';
import { Confirm } from '../parts/confirm.tsx';
import { showToast } from '../parts/toasts.tsx';
import { useSession } from '../session/session.ts';

export function CancelMessage({ uuid }: { readonly uuid: string }) {
  const { client } = useSession();
  const [isAsked, setAsked] = useState(false);
  const cancel = async () => {
    const params = { path: { message_uuid: uuid } };
    await answerOf(client.POST('/Message/{message_uuid}/Cancel/', { params }));
    showToast('The message is cancelled.');
  };
  return (
    <>
      <Button onClick={() => setAsked(true)}>Cancel message</Button>
      {isAsked && (
        <Confirm
          title="Cancel this message?"
          verb="Cancel message"
          act={cancel}
          onClose={() => setAsked(false)}
        >
          <p>
            It is not sent, and fails with code 430. A message that is being submitted cannot be cancelled.
          </p>
        </Confirm>
      )}
    </>
  );
}
