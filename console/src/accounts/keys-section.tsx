// The API keys of the account.
import { type Dispatch, type StateUpdater, useState } from 'preact/hooks';
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { useResource } from '../live/use-resource.ts';
import { Button } from '../parts/button.tsx';
import { Confirm } from '../parts/confirm.tsx';
import { type Column, DataTable } from '../parts/data-table.tsx';
import { DialogForm } from '../parts/dialog-form.tsx';
import { Empty } from '../parts/empty.tsx';
import { Loaded } from '../parts/page.tsx';
import { Pager } from '../parts/pager.tsx';
import { SelectField } from '../parts/select-field.tsx';
import { TextField } from '../parts/text-field.tsx';
import { TimeAgo } from '../parts/time-ago.tsx';
import { useSortedList } from '../parts/use-sorted-list.ts';
import { useSession } from '../session/session.ts';
import { CredentialsDialog, type ShownCredentials } from './credentials-dialog.tsx';

type ApiKey = Schemas['ApiKey'];

/** The dialog that is open in front of the page. */
type Doing =
  | { readonly what: 'create' }
  | { readonly what: 'show'; readonly credentials: ShownCredentials }
  | { readonly what: 'delete'; readonly apiKey: ApiKey };

const roleWords: Readonly<Record<ApiKey['role'], string>> = {
  read_only: 'Read only',
  sender: 'Sender',
  operator: 'Operator',
};

export function KeysSection() {
  const { client } = useSession();
  const { query, offset, move, serverOrder } = useSortedList(['name', 'role', 'created_on']);
  const [doing, setDoing] = useState<Doing>();
  const keys = useResource(
    `keys ${JSON.stringify(query)}`,
    (signal) => answerOf(client.GET('/Key/', { params: { query }, signal })),
    ['account'],
    { keepsPrevious: true },
  );
  return (
    <section aria-labelledby="keys">
      <header class="page-header">
        <h2 id="keys">API keys</h2>
        <Button onClick={() => setDoing({ what: 'create' })}>New API key</Button>
      </header>
      <p class="quiet">
        Credentials beside the auth token, for a program or a person: read only, sending, or everything but
        credentials. Every SDK takes the key's id and secret as auth id and auth token.
      </p>
      <Loaded resource={keys}>
        {({ meta, objects }) => (
          <>
            {objects.length === 0 ? (
              <div class="card">
                <Empty title="No API keys">
                  <p>One for each program can be taken away without the others.</p>
                </Empty>
              </div>
            ) : (
              <DataTable
                label="API keys"
                serverOrder={serverOrder}
                rows={objects}
                keyOf={({ key_id: id }) => id}
                columns={columnsOf((apiKey) => setDoing({ what: 'delete', apiKey }))}
              />
            )}
            <Pager of="API keys" offset={offset} total={meta.total_count} onMove={move} />
          </>
        )}
      </Loaded>
      {doing !== undefined && <Doing doing={doing} setDoing={setDoing} />}
    </section>
  );
}

/** Returns the columns; those that sort have the API's names of the orders. */
const columnsOf = (onDelete: (apiKey: ApiKey) => void): readonly Column<ApiKey>[] => [
  {
    id: 'name',
    label: 'Name',
    kind: 'name',
    isHeader: true,
    sortBy: ({ name }) => name,
    cell: ({ name }) => name,
  },
  { id: 'id', label: 'Key id', kind: 'code', onPhone: 'line', cell: ({ key_id: id }) => id },
  { id: 'role', label: 'Role', sortBy: ({ role }) => role, cell: ({ role }) => roleWords[role] },
  {
    id: 'created_on',
    label: 'Created',
    sortBy: ({ created_on: time }) => Date.parse(time),
    cell: ({ created_on: time }) => <TimeAgo time={time} />,
  },
  {
    id: 'actions',
    label: 'Actions',
    kind: 'actions',
    cell: (apiKey) => (
      <Button kind="quiet" aria-label={`Delete the API key ${apiKey.name}`} onClick={() => onDelete(apiKey)}>
        Delete …
      </Button>
    ),
  },
];

interface DoingProps {
  readonly doing: Doing;
  readonly setDoing: Dispatch<StateUpdater<Doing | undefined>>;
}

function Doing({ doing, setDoing }: DoingProps) {
  // The credentials that have taken the place of the form stay.
  const close = () => setDoing((present) => (present === doing ? undefined : present));
  if (doing.what === 'show')
    return <CredentialsDialog credentials={doing.credentials} power="do what its role may" onClose={close} />;
  if (doing.what === 'delete') return <DeleteKeyDialog apiKey={doing.apiKey} onClose={close} />;
  return (
    <NewKeyDialog onCreated={(credentials) => setDoing({ what: 'show', credentials })} onClose={close} />
  );
}

interface NewProps {
  readonly onCreated: (credentials: ShownCredentials) => void;
  readonly onClose: () => void;
}

function NewKeyDialog({ onCreated, onClose }: NewProps) {
  const { client } = useSession();
  const [name, setName] = useState('');
  const [role, setRole] = useState<ApiKey['role']>('sender');
  const create = async () => {
    const made = await answerOf(client.POST('/Key/', { body: { name, role } }));
    onCreated({ name: name.trim(), authId: made.key_id, authToken: made.secret });
  };
  return (
    <DialogForm title="New API key" verb="Create API key" act={create} onClose={onClose}>
      <TextField label="Name" required maxLength={255} value={name} onInput={setName} />
      <SelectField
        label="Role"
        hint="Read only: everything but credentials can be read. Sender: sends messages as well. Operator: changes everything but credentials."
        value={role}
        options={(['read_only', 'sender', 'operator'] as const).map((value) => ({
          value,
          label: roleWords[value],
        }))}
        onChange={setRole}
      />
    </DialogForm>
  );
}

interface DeleteProps {
  readonly apiKey: ApiKey;
  readonly onClose: () => void;
}

function DeleteKeyDialog({ apiKey, onClose }: DeleteProps) {
  const { client } = useSession();
  const params = { path: { key_id: apiKey.key_id } };
  const remove = () => answerOf(client.DELETE('/Key/{key_id}/', { params }));
  return (
    <Confirm
      title={`Delete the API key ${apiKey.name}?`}
      verb="Delete API key"
      act={remove}
      onClose={onClose}
    >
      <p>The next request with it is refused.</p>
    </Confirm>
  );
}
