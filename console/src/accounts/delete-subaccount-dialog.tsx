// The end of a subaccount, and of what goes with it.
import { useState } from 'preact/hooks';
import { answerOf } from '../../../client/src/client.ts';
import { Confirm } from '../parts/confirm.tsx';
import { Switch } from '../parts/field.tsx';
import { showToast } from '../parts/toasts.tsx';
import { useSession } from '../session/session.ts';
import { SubaccountBelongings } from './subaccount-belongings.tsx';
import type { Subaccount } from './subaccount-table.tsx';

interface Props {
  readonly subaccount: Subaccount;
  readonly onClose: () => void;
}

export function DeleteSubaccountDialog({ subaccount: { auth_id, name }, onClose }: Props) {
  const { client } = useSession();
  const [cascade, setCascade] = useState(false);
  return (
    <Confirm
      title={`Delete ${name}?`}
      verb="Delete subaccount"
      act={async () => {
        const params = { path: { subaccount_id: auth_id } };
        await answerOf(client.DELETE('/Subaccount/{subaccount_id}/', { params, body: { cascade } }));
        showToast(`${name} deleted.`);
      }}
      onClose={onClose}
    >
      <SubaccountBelongings authId={auth_id} />
      <ul>
        <li>Its credentials end at once, and it cannot be restored.</li>
        <li>Its numbers and applications return to the main account.</li>
        <li>
          While it has powerpacks, the server refuses to delete it, unless they are deleted too; a powerpack
          with deletion protection is never deleted.
        </li>
      </ul>
      <Switch
        label="Delete its powerpacks too"
        hint="For good: they cannot be restored. Their numbers return to the main account."
        checked={cascade}
        onChange={setCascade}
      />
    </Confirm>
  );
}
