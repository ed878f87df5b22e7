// A table of opt-outs.
import type { Schemas } from '../../../client/src/client.ts';
import { type Column, DataTable } from '../parts/data-table.tsx';
import { phoneNumber } from '../parts/format.ts';
import { TimeAgo } from '../parts/time-ago.tsx';
import { blockedInWords, sourceInWords } from './opt-out-words.ts';

type OptOut = Schemas['OptOut'];

export function OptOutTable({ optOuts }: { readonly optOuts: readonly OptOut[] }) {
  return (
    <DataTable
      label="Opt-outs, the newest first"
      rows={optOuts}
      keyOf={({ destination, number, powerpack_uuid: uuid }) => `${destination} ${number} ${uuid}`}
      columns={columns}
    />
  );
}

const columns: readonly Column<OptOut>[] = [
  {
    id: 'person',
    label: 'Person',
    kind: 'name',
    isHeader: true,
    cell: ({ destination }) => <a href={`/console/opt-outs/${destination}`}>{phoneNumber(destination)}</a>,
  },
  {
    id: 'blocked',
    label: 'Blocked',
    onPhone: 'line',
    cell: (optOut) =>
      optOut.powerpack_uuid === null || optOut.scope !== 'powerpack' ? (
        blockedInWords(optOut)
      ) : (
        <a href={`/console/powerpacks/${optOut.powerpack_uuid}`}>{blockedInWords(optOut)}</a>
      ),
  },
  {
    id: 'source',
    label: 'By',
    cell: (optOut) =>
      optOut.message_uuid === null ? (
        sourceInWords(optOut)
      ) : (
        <a href={`/console/messages/${optOut.message_uuid}`}>{sourceInWords(optOut)}</a>
      ),
  },
  { id: 'reason', label: 'Reason', cell: ({ reason }) => reason ?? '–' },
  { id: 'since', label: 'Since', cell: ({ opted_out_on: time }) => <TimeAgo time={time} /> },
];
