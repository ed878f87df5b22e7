// Recipients and their sticky senders.
import { Button } from '../parts/button.tsx';
import { type Column, DataTable } from '../parts/data-table.tsx';
import { moment, phoneNumber } from '../parts/format.ts';
import { NumberLink } from '../parts/number-link.tsx';
import { TimeAgo } from '../parts/time-ago.tsx';
import type { Mapping } from './use-sticky.ts';

interface Props {
  readonly powerpackUuid: string;
  readonly mappings: readonly Mapping[];
  readonly isBusy: boolean;
  readonly onPin: (recipient: string) => void;
  readonly onReset: (recipient: string) => void;
}

export function MappingTable({ mappings, isBusy, ...shown }: Props) {
  return (
    <DataTable
      label="Sticky recipients, the newest message first"
      class="members"
      rows={mappings}
      isBusy={isBusy}
      keyOf={({ destination }) => destination}
      columns={columnsOf(shown)}
    />
  );
}

const columnsOf = ({
  powerpackUuid,
  onPin,
  onReset,
}: Omit<Props, 'mappings' | 'isBusy'>): readonly Column<Mapping>[] => [
  {
    id: 'recipient',
    label: 'Recipient',
    kind: 'name',
    isHeader: true,
    cell: ({ destination }) => (
      <a class="code" href={`/console/conversations/${powerpackUuid}/${destination}`}>
        {phoneNumber(destination)}
      </a>
    ),
  },
  {
    id: 'sender',
    label: 'Sticky sender',
    kind: 'code',
    cell: ({ number }) => <NumberLink number={number} />,
  },
  { id: 'last', label: 'Last message', cell: ({ last_message_on: time }) => <TimeAgo time={time} /> },
  { id: 'until', label: 'Until', cell: ({ expires_on: time }) => moment(time) },
  {
    id: 'actions',
    label: 'Actions',
    kind: 'actions',
    cell: ({ destination }) => {
      const name = phoneNumber(destination);
      return (
        <>
          <Button kind="quiet" aria-label={`Move ${name}`} onClick={() => onPin(destination)}>
            Move
          </Button>
          <Button kind="quiet" aria-label={`Reset ${name}`} onClick={() => onReset(destination)}>
            Reset
          </Button>
        </>
      );
    },
  },
];
