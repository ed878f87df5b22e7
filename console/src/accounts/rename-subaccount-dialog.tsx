// Another name for a subaccount.
import { useState } from 'preact/hooks';
import { answerOf } from '../../../client/src/client.ts';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { Field } from '../parts/field.tsx';
import { Notice } from '../parts/notice.tsx';
import { say } from '../parts/toasts.tsx';
import { useAction } from '../parts/use-action.ts';
import { useSession } from '../session/session.tsx';
import type { Subaccount } from './subaccount-table.tsx';

interface Props {
  readonly subaccount: Subaccount;
  readonly onClose: () => void;
}

export function RenameSubaccountDialog({ subaccount, onClose }: Props) {
  const { client } = useSession();
  const [name, setName] = useState(subaccount.name);
  const renaming = useAction(async () => {
    const params = { path: { subaccount_id: subaccount.auth_id } };
    await answerOf(client.POST('/Subaccount/{subaccount_id}/', { params, body: { name } }));
    say('Renamed.');
    onClose();
  });
  return (
    <Dialog title={`Rename ${subaccount.name}`} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void renaming.run();
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
        {renaming.error !== undefined && <Notice tone="bad">{renaming.error.message}</Notice>}
        <div class="dialog-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" busy={renaming.isRunning}>
            Rename
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
