// Another name for a subaccount.
import { useState } from 'preact/hooks';
import { answerOf } from '../../../client/src/client.ts';
import { DialogForm } from '../parts/dialog-form.tsx';
import { TextField } from '../parts/text-field.tsx';
import { showToast } from '../parts/toasts.tsx';
import { useSession } from '../session/session.ts';
import type { Subaccount } from './subaccount-table.tsx';

interface Props {
  readonly subaccount: Subaccount;
  readonly onClose: () => void;
}

export function RenameSubaccountDialog({ subaccount, onClose }: Props) {
  const { client } = useSession();
  const [name, setName] = useState(subaccount.name);
  const rename = async () => {
    const params = { path: { subaccount_id: subaccount.auth_id } };
    await answerOf(client.POST('/Subaccount/{subaccount_id}/', { params, body: { name } }));
    showToast('Renamed.');
  };
  return (
    <DialogForm title={`Rename ${subaccount.name}`} verb="Rename" act={rename} onClose={onClose}>
      <TextField label="Name" required maxLength={255} value={name} onInput={setName} />
    </DialogForm>
  );
}
