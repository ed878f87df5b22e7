// Deleted powerpacks that can still be restored.
import type { Schemas } from '../../../client/src/client.ts';
import { type Column, DataTable } from '../parts/data-table.tsx';
import { count, moment } from '../parts/format.ts';
import type { ServerOrder } from '../parts/table-model.ts';
import { type Restoration, RestoreButton } from './restore-button.tsx';

interface Props {
  readonly deleted: readonly Schemas['DeletedPowerpack'][];
  readonly order: ServerOrder;
  readonly onRestored: (restoration: Restoration) => void;
}

export function DeletedPowerpacks({ deleted, order, onRestored }: Props) {
  return (
    <DataTable
      label="Recently deleted powerpacks"
      rows={deleted}
      serverOrder={order}
      keyOf={({ uuid }) => uuid}
      columns={columnsOf(onRestored)}
    />
  );
}

/** Returns the columns; those that sort have the API's names of the orders. */
const columnsOf = (onRestored: Props['onRestored']): readonly Column<Schemas['DeletedPowerpack']>[] => [
  {
    id: 'name',
    label: 'Name',
    kind: 'name',
    isHeader: true,
    sortBy: ({ name }) => name,
    cell: ({ name }) => name,
  },
  {
    id: 'deleted_on',
    label: 'Deleted',
    sortBy: ({ deleted_on: time }) => Date.parse(time),
    cell: ({ deleted_on: time }) => moment(time),
  },
  {
    id: 'until',
    label: 'Can be restored until',
    cell: ({ restorable_until: time }) => moment(time),
  },
  {
    id: 'members',
    label: 'Members',
    kind: 'number',
    sortBy: ({ members }) => members,
    cell: ({ members }) => count(members),
  },
  {
    id: 'actions',
    label: 'What can be done',
    kind: 'actions',
    cell: (powerpack) => <RestoreButton powerpack={powerpack} onRestored={onRestored} />,
  },
];
