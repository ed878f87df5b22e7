// The names that the account sends as, or wants to.
import { useState } from 'preact/hooks';
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { useResource } from '../live/use-resource.ts';
import { Button } from '../parts/button.tsx';
import { Confirm } from '../parts/confirm.tsx';
import { type Column, DataTable } from '../parts/data-table.tsx';
import { DialogForm } from '../parts/dialog-form.tsx';
import { Empty } from '../parts/empty.tsx';
import { Loaded } from '../parts/page.tsx';
import { Pager } from '../parts/pager.tsx';
import { TextField } from '../parts/text-field.tsx';
import { TimeAgo } from '../parts/time-ago.tsx';
import { useSession } from '../session/session.ts';
import { statusWords } from './name-words.ts';

type Name = Schemas['Alphanumeric'];

export function NamesSection() {
  const { client } = useSession();
  const [offset, setOffset] = useState(0);
  const [isAsking, setAsking] = useState(false);
  const [leaving, setLeaving] = useState<Name>();
  const names = useResource(
    `names ${offset}`,
    (signal) => answerOf(client.GET('/AlphanumericSender/', { params: { query: { offset } }, signal })),
    ['account'],
  );
  return (
    <section aria-labelledby="names">
      <header class="page-header">
        <h2 id="names">Names</h2>
        <Button onClick={() => setAsking(true)}>Ask for a name</Button>
      </header>
      <p class="quiet">
        Names to send as, in the pools that they are added to, to countries that take names; never to the US
        and Canada. The operator approves each. Recipients cannot answer a name.
      </p>
      <Loaded resource={names}>
        {({ meta, objects }) => (
          <>
            {objects.length === 0 ? (
              <div class="card">
                <Empty title="No names">
                  <p>A name is shown to recipients in place of a number.</p>
                </Empty>
              </div>
            ) : (
              <DataTable
                label="Names"
                rows={objects}
                keyOf={({ uuid }) => uuid}
                columns={columnsOf(setLeaving)}
              />
            )}
            <Pager of="Names" offset={offset} total={meta.total_count} onMove={setOffset} />
          </>
        )}
      </Loaded>
      {isAsking && <AskDialog onClose={() => setAsking(false)} />}
      {leaving !== undefined && (
        <DeleteNameDialog name={leaving.name} onClose={() => setLeaving(undefined)} />
      )}
    </section>
  );
}

const columnsOf = (onDelete: (name: Name) => void): readonly Column<Name>[] => [
  { id: 'name', label: 'Name', kind: 'name', isHeader: true, cell: ({ name }) => name },
  { id: 'status', label: 'Status', cell: ({ status }) => statusWords[status] },
  { id: 'reason', label: 'Reason', onPhone: 'line', cell: ({ reason }) => reason ?? '' },
  { id: 'asked', label: 'Asked for', cell: ({ requested_on: time }) => <TimeAgo time={time} /> },
  {
    id: 'actions',
    label: 'Actions',
    kind: 'actions',
    cell: (name) => (
      <Button kind="quiet" aria-label={`Delete the name ${name.name}`} onClick={() => onDelete(name)}>
        Delete …
      </Button>
    ),
  },
];

function AskDialog({ onClose }: { readonly onClose: () => void }) {
  const { client } = useSession();
  const [name, setName] = useState('');
  const [note, setNote] = useState('');
  const ask = () => answerOf(client.POST('/AlphanumericSender/', { body: { name, note } }));
  return (
    <DialogForm title="Ask for a name" verb="Ask" act={ask} onClose={onClose}>
      <TextField
        label="Name"
        hint="1 to 11 letters and digits, with a letter among them; space and & + - . _ may stand between them."
        required
        maxLength={11}
        value={name}
        onInput={setName}
      />
      <TextField
        label="Note"
        hint="For the operator: whose name it is, and what it sends."
        maxLength={1000}
        value={note}
        onInput={setNote}
      />
    </DialogForm>
  );
}

interface DeleteProps {
  readonly name: string;
  readonly onClose: () => void;
}

function DeleteNameDialog({ name, onClose }: DeleteProps) {
  const { client } = useSession();
  const remove = () => answerOf(client.DELETE('/AlphanumericSender/{name}/', { params: { path: { name } } }));
  return (
    <Confirm title={`Delete the name ${name}?`} verb="Delete name" act={remove} onClose={onClose}>
      <p>It leaves its pools, and messages that wait to be sent from it fail with code 40.</p>
    </Confirm>
  );
}
