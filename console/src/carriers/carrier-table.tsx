// The carriers in a table: state, room, counts, the last error, and the actions.
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { Badge } from '../parts/badge.tsx';
import { Button } from '../parts/button.tsx';
import { type Column, DataTable } from '../parts/data-table.tsx';
import { Failure } from '../parts/failure.tsx';
import { TimeAgo } from '../parts/time-ago.tsx';
import { showToast } from '../parts/toasts.tsx';
import { useAction } from '../parts/use-action.ts';
import { useSession } from '../session/session.ts';
import {
  answersInWords,
  bindInWords,
  countsInWords,
  stateInWords,
  warningsInWords,
} from './carrier-words.ts';

type Carrier = Schemas['Carrier'];

interface Props extends Dialogs {
  readonly carriers: readonly Carrier[];
  readonly reload: () => void;
}

interface Dialogs {
  readonly onEdit: (carrier: Carrier) => void;
  readonly onTest: (carrier: Carrier) => void;
  readonly onDelete: (carrier: Carrier) => void;
}

export function CarrierTable({ carriers, reload, ...dialogs }: Props) {
  const { client } = useSession();
  const draining = useAction(async ({ name, draining: isDraining }: Carrier) => {
    const params = { path: { carrier_name: name } };
    await answerOf(
      isDraining
        ? client.POST('/Carrier/{carrier_name}/Resume/', { params })
        : client.POST('/Carrier/{carrier_name}/Drain/', { params }),
    );
    reload();
    showToast(isDraining ? `${name} takes messages again.` : `${name} takes nothing new.`);
  });
  return (
    <>
      <Failure error={draining.error} />
      <DataTable
        label="Carriers"
        rows={carriers}
        keyOf={({ name }) => name}
        columns={columnsOf({ ...dialogs, onDrain: draining.run })}
      />
    </>
  );
}

interface Actions extends Dialogs {
  readonly onDrain: (carrier: Carrier) => void;
}

const columnsOf = (actions: Actions): readonly Column<Carrier>[] => [
  {
    id: 'name',
    label: 'Name',
    kind: 'name',
    isHeader: true,
    sortBy: ({ name }) => name,
    cell: ({ name, type, source }) => (
      <>
        {name}
        <p class="quiet">
          {type === 'smpp' ? 'SMPP' : type === 'http' ? 'HTTP' : 'Simulator'},{' '}
          {source === 'file' ? 'from the file' : 'made by the API'}
        </p>
      </>
    ),
  },
  {
    id: 'state',
    label: 'State',
    onPhone: 'line',
    cell: (carrier) => (
      <>
        <State carrier={carrier} />
        {carrier.binds.map((bind) => (
          <p key={`${bind.bind} ${bind.role} ${bind.since}`} class="quiet">
            {bindInWords(bind)} <TimeAgo time={bind.since} by="machine" />
            {bind.unanswered_since !== null && (
              <>
                ; {bind.unanswered.toLocaleString('en')} unanswered, the oldest from{' '}
                <TimeAgo time={bind.unanswered_since} by="machine" />
              </>
            )}
          </p>
        ))}
      </>
    ),
  },
  { id: 'room', label: 'Room', sortBy: ({ room }) => room, cell: ({ room }) => room ?? '–' },
  {
    id: 'counts',
    label: 'Since its start',
    onPhone: 'line',
    cell: (carrier) => (
      <>
        {countsInWords(carrier) || '–'}
        {answersInWords(carrier) !== '' && <p class="quiet">{answersInWords(carrier)}</p>}
        {warningsInWords(carrier).map((sentence) => (
          <p key={sentence} class="quiet">
            {sentence}
          </p>
        ))}
      </>
    ),
  },
  {
    id: 'error',
    label: 'Last error',
    onPhone: 'line',
    cell: ({ last_error: error }) =>
      error === null ? (
        '–'
      ) : (
        <>
          {error.text} <TimeAgo time={error.time} by="machine" />
        </>
      ),
  },
  {
    id: 'actions',
    label: 'Actions',
    kind: 'actions',
    cell: (carrier) => <CarrierActions carrier={carrier} {...actions} />,
  },
];

function CarrierActions({
  carrier,
  onTest,
  onDrain,
  onEdit,
  onDelete,
}: Actions & { readonly carrier: Carrier }) {
  const { name, draining: isDraining } = carrier;
  return (
    <>
      <Button kind="quiet" aria-label={`Test ${name}`} onClick={() => onTest(carrier)}>
        Test …
      </Button>
      <Button
        kind="quiet"
        aria-label={`${isDraining ? 'Resume' : 'Drain'} ${name}`}
        onClick={() => onDrain(carrier)}
      >
        {isDraining ? 'Resume' : 'Drain'}
      </Button>
      {carrier.source === 'api' && (
        <>
          <Button kind="quiet" aria-label={`Edit ${name}`} onClick={() => onEdit(carrier)}>
            Edit …
          </Button>
          <Button kind="quiet" aria-label={`Delete ${name}`} onClick={() => onDelete(carrier)}>
            Delete …
          </Button>
        </>
      )}
    </>
  );
}

function State({ carrier }: { readonly carrier: Carrier }) {
  const { tone, label } = stateInWords(carrier);
  return <Badge tone={tone}>{label}</Badge>;
}
