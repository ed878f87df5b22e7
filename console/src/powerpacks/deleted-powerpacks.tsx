// Deleted powerpacks that can still be restored.
import type { Schemas } from '../../../client/src/client.ts';
import { type Column, DataTable } from '../parts/data-table.tsx';
import { count, moment } from '../parts/format.ts';
import { type Restoration, RestoreButton } from './restore-button.tsx';

interface Props {
  readonly deleted: readonly Schemas['DeletedPowerpack'][];
  /** Deleted ones on all pages. */
  readonly total: number;
  readonly onRestored: (restoration: Restoration) => void;
}

export function DeletedPowerpacks({ deleted, total, onRestored }: Props) {
  return (
    <DataTable
      label="Recently deleted powerpacks"
      rows={deleted}
      total={total}
      keyOf={({ uuid }) => uuid}
      columns={columnsOf(onRestored)}
    />
  );
}

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
    id: 'deleted',
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
