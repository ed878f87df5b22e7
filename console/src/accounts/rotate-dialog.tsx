// A new token for an account, with time for whoever uses the old one.
import { useState } from 'preact/hooks';
import { answerOf, type RucksackClient } from '../../../client/src/client.ts';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { Field } from '../parts/field.tsx';
import { Notice } from '../parts/notice.tsx';
import { useAction } from '../parts/use-action.ts';
import { useSession } from '../session/session.tsx';
import { graceChoices, usualGraceSeconds } from './grace.ts';

interface Props {
  readonly name: string;
  readonly authId: string;
  /** Given the new token as soon as it is there; shows it in the place of this dialog. */
  readonly onRotated: (authToken: string) => Promise<void> | void;
  readonly onClose: () => void;
}

export function RotateDialog({ name, authId, onRotated, onClose }: Props) {
  const { client } = useSession();
  const [graceSeconds, setGraceSeconds] = useState(usualGraceSeconds);
  const rotating = useAction(async () => {
    await onRotated(await rotateToken(client, authId, graceSeconds));
  });
  return (
    <Dialog title={`New token for ${name}`} onClose={onClose}>
      <p>
        Whoever uses this account needs the new token before the old one ends: your SDKs, and what checks the
        signatures of webhooks. From now on those are made with the new one.
      </p>
      <Field label="The old token stays valid for">
        {(id) => (
          <select
            id={id}
            value={graceSeconds}
            onChange={(event) => setGraceSeconds(Number(event.currentTarget.value))}
          >
            {graceChoices.map(({ seconds, label }) => (
              <option key={seconds} value={seconds}>
                {label}
              </option>
            ))}
          </select>
        )}
      </Field>
      {rotating.error !== undefined && <Notice tone="bad">{rotating.error.message}</Notice>}
      <div class="dialog-actions">
        <Button onClick={onClose}>Cancel</Button>
        <Button kind="danger" busy={rotating.isRunning} onClick={() => rotating.run()}>
          Rotate token
        </Button>
      </div>
    </Dialog>
  );
}

/** A main account asks for its subaccounts at their own addresses. */
async function rotateToken(client: RucksackClient, authId: string, graceSeconds: number): Promise<string> {
  const baseUrl = `${location.origin}/v1/Account/${authId}`;
  const body = { grace_seconds: graceSeconds };
  const { auth_token: authToken } = await answerOf(client.POST('/Token/', { baseUrl, body }));
  return authToken;
}
