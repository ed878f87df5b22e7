// The subaccounts, and what can be done with each.
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { Badge } from '../parts/badge.tsx';
import { Button } from '../parts/button.tsx';
import { type Column, DataTable } from '../parts/data-table.tsx';
import { Failure } from '../parts/failure.tsx';
import type { ServerOrder } from '../parts/table-model.ts';
import { showToast } from '../parts/toasts.tsx';
import { useAction } from '../parts/use-action.ts';
import { useSession } from '../session/session.ts';

export type Subaccount = Pick<Schemas['Subaccount'], 'auth_id' | 'name' | 'enabled' | 'created'>;

interface Props extends Dialogs {
  readonly subaccounts: readonly Subaccount[];
  readonly order: ServerOrder;
}

interface Dialogs {
  readonly onRename: (subaccount: Subaccount) => void;
  readonly onRotate: (subaccount: Subaccount) => void;
  readonly onDelete: (subaccount: Subaccount) => void;
}

export function SubaccountTable({ subaccounts, order, ...dialogs }: Props) {
  const { client } = useSession();
  const switching = useAction(async ({ auth_id, name, enabled }: Subaccount) => {
    const params = { path: { subaccount_id: auth_id } };
    await answerOf(client.POST('/Subaccount/{subaccount_id}/', { params, body: { enabled: !enabled } }));
    showToast(`${name} is ${enabled ? 'disabled: its credentials are refused' : 'enabled'}.`);
  });
  return (
    <>
      <Failure error={switching.error} />
      <DataTable
        label="Subaccounts"
        rows={subaccounts}
        serverOrder={order}
        keyOf={({ auth_id: id }) => id}
        columns={columnsOf({ ...dialogs, onSwitch: switching.run })}
      />
    </>
  );
}

interface Actions extends Dialogs {
  readonly onSwitch: (subaccount: Subaccount) => void;
}

/** Returns the columns; those that sort have the API's names of the orders. */
const columnsOf = (actions: Actions): readonly Column<Subaccount>[] => [
  {
    id: 'name',
    label: 'Name',
    kind: 'name',
    isHeader: true,
    sortBy: ({ name }) => name,
    cell: ({ name }) => name,
  },
  { id: 'id', label: 'Auth id', kind: 'code', onPhone: 'line', cell: ({ auth_id: id }) => id },
  {
    id: 'enabled',
    label: 'State',
    sortBy: ({ enabled }) => (enabled ? 'enabled' : 'disabled'),
    cell: ({ enabled }) => <Badge tone={enabled ? 'good' : 'warn'}>{enabled ? 'Enabled' : 'Disabled'}</Badge>,
  },
  { id: 'created', label: 'Since', sortBy: ({ created }) => created, cell: ({ created }) => created },
  {
    id: 'actions',
    label: 'Actions',
    kind: 'actions',
    cell: (subaccount) => <SubaccountActions subaccount={subaccount} {...actions} />,
  },
];

function SubaccountActions({
  subaccount,
  onSwitch,
  onRename,
  onRotate,
  onDelete,
}: Actions & { readonly subaccount: Subaccount }) {
  const { name, enabled } = subaccount;
  const verb = enabled ? 'Disable' : 'Enable';
  return (
    <>
      <Button kind="quiet" aria-label={`${verb} ${name}`} onClick={() => onSwitch(subaccount)}>
        {verb}
      </Button>
      <Button kind="quiet" aria-label={`Rename … ${name}`} onClick={() => onRename(subaccount)}>
        Rename …
      </Button>
      <Button kind="quiet" aria-label={`Rotate token … of ${name}`} onClick={() => onRotate(subaccount)}>
        Rotate token …
      </Button>
      <Button kind="quiet" aria-label={`Delete … ${name}`} onClick={() => onDelete(subaccount)}>
        Delete …
      </Button>
    </>
  );
}
