// A new token for an account, with a grace period for the old one.
import { useState } from 'preact/hooks';
import { answerOf, type RucksackClient } from '../../../client/src/client.ts';
import { Confirm } from '../parts/confirm.tsx';
import { SelectField } from '../parts/select-field.tsx';
import { useSession } from '../session/session.ts';
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
  const rotate = async () => {
    await onRotated(await rotateToken(client, authId, graceSeconds));
  };
  return (
    <Confirm title={`New token for ${name}`} verb="Rotate token" act={rotate} onClose={onClose}>
      <p>
        Clients of this account need the new token before the old one ends: your SDKs, and what checks the
        signatures of webhooks. From now on those are made with the new one.
      </p>
      <SelectField
        label="The old token stays valid for"
        value={graceSeconds}
        options={graceChoices}
        onChange={setGraceSeconds}
      />
    </Confirm>
  );
}

/** Asks for a new token. A main account asks for its subaccounts at their own addresses. */
async function rotateToken(client: RucksackClient, authId: string, graceSeconds: number): Promise<string> {
  const baseUrl = `${location.origin}/v1/Account/${authId}`;
  const body = { grace_seconds: graceSeconds };
  const { auth_token: authToken } = await answerOf(client.POST('/Token/', { baseUrl, body }));
  return authToken;
}
