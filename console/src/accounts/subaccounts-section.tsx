// The subaccounts of a main account.
import { type Dispatch, type StateUpdater, useState } from 'preact/hooks';
import { answerOf } from '../../../client/src/client.ts';
import { useResource } from '../live/use-resource.ts';
import { Button } from '../parts/button.tsx';
import { Empty } from '../parts/empty.tsx';
import { Loaded } from '../parts/page.tsx';
import { Pager } from '../parts/pager.tsx';
import { useSortedAddress } from '../parts/use-sorted-list.ts';
import { useSession } from '../session/session.ts';
import { CredentialsDialog, type ShownCredentials } from './credentials-dialog.tsx';
import { DeleteSubaccountDialog } from './delete-subaccount-dialog.tsx';
import { NewSubaccountDialog } from './new-subaccount-dialog.tsx';
import { RenameSubaccountDialog } from './rename-subaccount-dialog.tsx';
import { RotateDialog } from './rotate-dialog.tsx';
import { type Subaccount, SubaccountTable } from './subaccount-table.tsx';

/** The dialog that is open in front of the page. */
type Doing =
  | { readonly what: 'create' }
  | { readonly what: 'show'; readonly credentials: ShownCredentials }
  | { readonly what: 'rename' | 'rotate' | 'delete'; readonly subaccount: Subaccount };

export function SubaccountsSection() {
  const { client } = useSession();
  const { query, offset, move, serverOrder } = useSortedAddress(['name', 'enabled', 'created']);
  const [doing, setDoing] = useState<Doing>();
  const list = useResource(
    `subaccounts ${JSON.stringify(query)}`,
    (signal) => answerOf(client.GET('/Subaccount/', { params: { query }, signal })),
    ['subaccounts'],
    { keepsPrevious: true },
  );
  return (
    <section class="subaccounts" aria-labelledby="subaccounts">
      <header class="page-header">
        <h2 id="subaccounts">Subaccounts</h2>
        <Button onClick={() => setDoing({ what: 'create' })}>New subaccount</Button>
      </header>
      <p class="quiet">
        A subaccount has credentials of its own and sees only what is its: its powerpacks, and the numbers and
        applications that are given to it. The main account sees everything.
      </p>
      <Loaded resource={list}>
        {({ meta, objects }) => (
          <>
            {objects.length === 0 ? (
              <div class="card">
                <Empty title="No subaccounts">
                  <p>One for each customer or team keeps their numbers and messages apart.</p>
                </Empty>
              </div>
            ) : (
              <SubaccountTable
                subaccounts={objects}
                order={serverOrder}
                onRename={(subaccount) => setDoing({ what: 'rename', subaccount })}
                onRotate={(subaccount) => setDoing({ what: 'rotate', subaccount })}
                onDelete={(subaccount) => setDoing({ what: 'delete', subaccount })}
              />
            )}
            <Pager of="Subaccounts" offset={offset} total={meta.total_count} onMove={move} />
          </>
        )}
      </Loaded>
      {doing !== undefined && <Doing doing={doing} setDoing={setDoing} />}
    </section>
  );
}

interface DoingProps {
  readonly doing: Doing;
  readonly setDoing: Dispatch<StateUpdater<Doing | undefined>>;
}

function Doing({ doing, setDoing }: DoingProps) {
  // What has taken its place meanwhile, such as the credentials that it made, stays.
  const close = () => setDoing((present) => (present === doing ? undefined : present));
  const show = (credentials: ShownCredentials) => setDoing({ what: 'show', credentials });
  if (doing.what === 'create') return <NewSubaccountDialog onCreated={show} onClose={close} />;
  if (doing.what === 'show') return <CredentialsDialog credentials={doing.credentials} onClose={close} />;
  const { what, subaccount } = doing;
  const { auth_id: authId, name } = subaccount;
  if (what === 'rename') return <RenameSubaccountDialog subaccount={subaccount} onClose={close} />;
  if (what === 'delete') return <DeleteSubaccountDialog subaccount={subaccount} onClose={close} />;
  return (
    <RotateDialog
      name={name}
      authId={authId}
      onRotated={(authToken) => show({ name, authId, authToken })}
      onClose={close}
    />
  );
}
