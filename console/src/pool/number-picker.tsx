// A page of numbers, of which many can be ticked. What is ticked stays so on other pages.
import { type Column, DataTable } from '../parts/data-table.tsx';
import { phoneNumber } from '../parts/format.ts';
import { Pager } from '../parts/pager.tsx';
import { tickColumn } from './tick-column.tsx';
import type { Ticks } from './use-ticks.ts';

export interface Pick {
  readonly number: string;
  readonly place: string;
  readonly services: string;
}

interface Props extends Ticks<Pick> {
  readonly label: string;
  readonly numbers: readonly Pick[];
  readonly total: number;
  readonly offset: number;
  readonly onMove: (offset: number) => void;
  readonly disabled: boolean;
}

/** Returns the key by which a number is ticked. */
export const keyOfPick = ({ number }: Pick): string => number;

export function NumberPicker({ label, numbers, total, offset, onMove, ...ticks }: Props) {
  const columns: readonly Column<Pick>[] = [
    tickColumn({
      ...ticks,
      rows: numbers,
      keyOf: keyOfPick,
      nameOf: ({ number }) => phoneNumber(number),
    }),
    { id: 'number', label: 'Number', kind: 'code', cell: ({ number }) => phoneNumber(number) },
    { id: 'area', label: 'Area', cell: ({ place }) => place },
    { id: 'services', label: 'Services', cell: ({ services }) => services },
  ];
  return (
    <>
      <div class="card picker">
        <DataTable label={label} isPlain rows={numbers} keyOf={keyOfPick} columns={columns} />
      </div>
      <Pager offset={offset} total={total} onMove={onMove} of={label} />
    </>
  );
}

/** Returns the services of a number, in words. */
export function servicesOf({
  sms_enabled: sms,
  mms_enabled: mms,
}: {
  readonly sms_enabled: boolean;
  readonly mms_enabled: boolean;
}): string {
  if (sms && mms) return 'SMS and MMS';
  return sms ? 'SMS' : mms ? 'MMS' : 'none';
}
