// The numbers that would not send, each with its reason.
import type { Schemas } from '../../../client/src/client.ts';
import { type Column, DataTable } from '../parts/data-table.tsx';
import { NumberLink } from '../parts/number-link.tsx';

type Others = Schemas['Explain']['others'];

const pageSize = 10;

export function OtherNumbers({ others }: { readonly others: Others }) {
  return (
    <DataTable
      label="Numbers that would not send"
      isPlain
      rows={others}
      keyOf={({ number, country_iso2: country }) => `${number} ${country}`}
      columns={columns}
      pageSize={pageSize}
    />
  );
}

const columns: readonly Column<Others[number]>[] = [
  {
    id: 'number',
    label: 'Number',
    sortBy: ({ number }) => number,
    cell: ({ number }) => (
      <span class="nowrap">
        <NumberLink number={number} />
      </span>
    ),
  },
  { id: 'because', label: 'Why not', sortBy: ({ because }) => because, cell: ({ because }) => because },
];
