// The subaccounts, and what can be done with each.
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { ActionsHeading } from '../parts/actions-heading.tsx';
import { Badge } from '../parts/badge.tsx';
import { Button } from '../parts/button.tsx';
import { Notice } from '../parts/notice.tsx';
import { showToast } from '../parts/toasts.tsx';
import { useAction } from '../parts/use-action.ts';
import { useSession } from '../session/session.ts';

export type Subaccount = Pick<Schemas['Subaccount'], 'auth_id' | 'name' | 'enabled' | 'created'>;

interface Props {
  readonly subaccounts: readonly Subaccount[];
  readonly onRename: (subaccount: Subaccount) => void;
  readonly onRotate: (subaccount: Subaccount) => void;
  readonly onDelete: (subaccount: Subaccount) => void;
}

export function SubaccountTable({ subaccounts, onRename, onRotate, onDelete }: Props) {
  const { client } = useSession();
  const switching = useAction(async ({ auth_id, name, enabled }: Subaccount) => {
    const params = { path: { subaccount_id: auth_id } };
    await answerOf(client.POST('/Subaccount/{subaccount_id}/', { params, body: { enabled: !enabled } }));
    showToast(`${name} is ${enabled ? 'disabled: its credentials are refused' : 'enabled'}.`);
  });
  return (
    <>
      {switching.error !== undefined && <Notice tone="bad">{switching.error.message}</Notice>}
      <table>
        <caption class="visually-hidden">Subaccounts</caption>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Auth id</th>
            <th scope="col">State</th>
            <th scope="col">Since</th>
            <ActionsHeading />
          </tr>
        </thead>
        <tbody>
          {subaccounts.map((subaccount) => (
            <tr key={subaccount.auth_id}>
              <td>{subaccount.name}</td>
              <td class="code">{subaccount.auth_id}</td>
              <td>
                <Badge tone={subaccount.enabled ? 'good' : 'warn'}>
                  {subaccount.enabled ? 'Enabled' : 'Disabled'}
                </Badge>
              </td>
              <td>{subaccount.created}</td>
              <td class="row-actions">
                <Button
                  kind="quiet"
                  aria-label={`${subaccount.enabled ? 'Disable' : 'Enable'} ${subaccount.name}`}
                  onClick={() => switching.run(subaccount)}
                >
                  {subaccount.enabled ? 'Disable' : 'Enable'}
                </Button>
                <Button
                  kind="quiet"
                  aria-label={`Rename … ${subaccount.name}`}
                  onClick={() => onRename(subaccount)}
                >
                  Rename …
                </Button>
                <Button
                  kind="quiet"
                  aria-label={`Rotate token … of ${subaccount.name}`}
                  onClick={() => onRotate(subaccount)}
                >
                  Rotate token …
                </Button>
                <Button
                  kind="quiet"
                  aria-label={`Delete … ${subaccount.name}`}
                  onClick={() => onDelete(subaccount)}
                >
                  Delete …
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
