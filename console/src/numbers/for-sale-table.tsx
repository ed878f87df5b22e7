// Numbers that can be rented.
import type { Schemas } from '../../../client/src/client.ts';
import { Button } from '../parts/button.tsx';
import { type Column, DataTable } from '../parts/data-table.tsx';
import { phoneNumber } from '../parts/format.ts';
import { servicesOf, typeWords } from './number-words.ts';

type Sold = Pick<
  Schemas['PhoneNumber'],
  'number' | 'type' | 'region' | 'sms_enabled' | 'mms_enabled' | 'voice_enabled'
>;

interface Props {
  readonly numbers: readonly Sold[];
  readonly isRenting: boolean;
  readonly rent: (number: string) => void;
}

export function ForSaleTable({ numbers, isRenting, rent }: Props) {
  const columns: readonly Column<Sold>[] = [
    {
      id: 'number',
      label: 'Number',
      kind: 'name',
      isHeader: true,
      cell: ({ number }) => phoneNumber(number),
    },
    { id: 'type', label: 'Type', cell: ({ type }) => typeWords[type] },
    { id: 'services', label: 'Services', cell: servicesOf },
    { id: 'region', label: 'Region', cell: ({ region }) => region },
    {
      id: 'rent',
      label: 'Rent',
      kind: 'actions',
      cell: ({ number }) => (
        <Button disabled={isRenting} aria-label={`Rent ${phoneNumber(number)}`} onClick={() => rent(number)}>
          Rent
        </Button>
      ),
    },
  ];
  return (
    <DataTable
      label="Numbers for sale"
      class="numbers"
      rows={numbers}
      keyOf={({ number }) => number}
      columns={columns}
    />
  );
}
