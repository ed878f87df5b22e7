// The members of a pool by what they sent and what of it arrived.
import { type Column, DataTable } from '../parts/data-table.tsx';
import { count } from '../parts/format.ts';
import { NumberLink } from '../parts/number-link.tsx';
import { pageSize } from '../parts/pager.tsx';
import { outcomeColumns } from './outcome-columns.tsx';
import type { SenderOutcomes } from './sentences.ts';

interface Sender extends SenderOutcomes {
  readonly messages: number;
}

export function MemberTable({ members }: { readonly members: readonly Sender[] }) {
  return (
    <DataTable
      label="Members by messages"
      rows={members}
      keyOf={({ number }) => number}
      columns={columns}
      pageSize={pageSize}
    />
  );
}

const columns: readonly Column<Sender>[] = [
  {
    id: 'number',
    label: 'Number',
    kind: 'name',
    isHeader: true,
    sortBy: ({ number }) => number,
    cell: ({ number }) => <NumberLink number={number} />,
  },
  ...outcomeColumns,
  {
    id: 'undelivered',
    label: 'Undelivered',
    kind: 'number',
    sortBy: ({ undelivered }) => undelivered,
    cell: ({ undelivered }) => count(undelivered),
  },
  {
    id: 'failed',
    label: 'Failed',
    kind: 'number',
    sortBy: ({ failed }) => failed,
    cell: ({ failed }) => count(failed),
  },
];
