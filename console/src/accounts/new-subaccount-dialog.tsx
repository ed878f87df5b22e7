// Making a subaccount.
import { useState } from 'preact/hooks';
import { answerOf } from '../../../client/src/client.ts';
import { DialogForm } from '../parts/dialog-form.tsx';
import { Switch } from '../parts/field.tsx';
import { TextField } from '../parts/text-field.tsx';
import { useSession } from '../session/session.ts';
import type { ShownCredentials } from './credentials-dialog.tsx';

interface Props {
  /** Shows the credentials in the place of this dialog. */
  readonly onCreated: (credentials: ShownCredentials) => void;
  readonly onClose: () => void;
}

export function NewSubaccountDialog({ onCreated, onClose }: Props) {
  const { client } = useSession();
  const [name, setName] = useState('');
  const [enabled, setEnabled] = useState(true);
  const create = async () => {
    const made = await answerOf(client.POST('/Subaccount/', { body: { name, enabled } }));
    onCreated({ name: name.trim(), authId: made.auth_id, authToken: made.auth_token });
  };
  return (
    <DialogForm title="New subaccount" verb="Create subaccount" act={create} onClose={onClose}>
      <TextField label="Name" required maxLength={255} value={name} onInput={setName} />
      <Switch
        label="Enabled"
        hint="Its credentials are refused until it is."
        checked={enabled}
        onChange={setEnabled}
      />
    </DialogForm>
  );
}
