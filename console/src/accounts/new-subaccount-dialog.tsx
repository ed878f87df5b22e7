// Making a subaccount.
import { useState } from 'preact/hooks';
import { answerOf } from '../../../client/src/client.ts';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { Field, Switch } from '../parts/field.tsx';
import { Notice } from '../parts/notice.tsx';
import { useAction } from '../parts/use-action.ts';
import { useSession } from '../session/session.tsx';
import type { ShownCredentials } from './credentials-dialog.tsx';

interface Props {
  readonly onCreated: (credentials: ShownCredentials) => void;
  readonly onClose: () => void;
}

export function NewSubaccountDialog({ onCreated, onClose }: Props) {
  const { client } = useSession();
  const [name, setName] = useState('');
  const [enabled, setEnabled] = useState(true);
  const creating = useAction(async () => {
    const made = await answerOf(client.POST('/Subaccount/', { body: { name, enabled } }));
    onCreated({ name: name.trim(), authId: made.auth_id, authToken: made.auth_token });
  });
  return (
    <Dialog title="New subaccount" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void creating.run();
        }}
      >
        <Field label="Name">
          {(id) => (
            <input
              id={id}
              required
              maxLength={255}
              value={name}
              onInput={(event) => setName(event.currentTarget.value)}
            />
          )}
        </Field>
        <Switch
          label="Enabled"
          hint="Its credentials are refused until it is."
          checked={enabled}
          onChange={setEnabled}
        />
        {creating.error !== undefined && <Notice tone="bad">{creating.error.message}</Notice>}
        <div class="dialog-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" busy={creating.isRunning}>
            Create subaccount
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
