// Messages, one a row. On a phone: when, between whom, what became of it.
import type { Schemas } from '../../../client/src/client.ts';
import { type Column, DataTable, RowLink } from '../parts/data-table.tsx';
import { phoneNumber } from '../parts/format.ts';
import { NumberLink } from '../parts/number-link.tsx';
import { type PowerpackNames, powerpackInWords, usePowerpackNames } from '../parts/powerpack-names.ts';
import { TimeAgo } from '../parts/time-ago.tsx';
import { errorInWords } from './error-words.ts';
import { isoTime } from './message-time.ts';
import { StateBadge } from './state-badge.tsx';

type Message = Schemas['Message'];

export function MessageTable({ messages }: { readonly messages: readonly Message[] }) {
  const names = usePowerpackNames(messages.map(({ powerpack_id: uuid }) => uuid));
  return (
    <DataTable
      label="Messages"
      class="messages-table"
      isNarrow
      rows={messages}
      keyOf={({ message_uuid: uuid }) => uuid}
      columns={columnsOf(names)}
    />
  );
}

const columnsOf = (names: PowerpackNames): readonly Column<Message>[] => [
  {
    id: 'time',
    label: 'Time',
    cell: ({ message_uuid: uuid, message_time: time }) => (
      <RowLink href={`/console/messages/${uuid}`}>
        <TimeAgo time={isoTime(time) ?? ''} />
      </RowLink>
    ),
  },
  {
    id: 'between',
    label: 'From and to',
    cell: ({ from_number: from, to_number: to, message_direction: direction }) => (
      <span class="between">
        <span>{direction === 'outbound' ? <NumberLink number={from} /> : phoneNumber(from)}</span>
        <span>
          <span aria-hidden="true">→ </span>
          {direction === 'inbound' ? <NumberLink number={to} /> : phoneNumber(to)}
        </span>
      </span>
    ),
  },
  {
    id: 'state',
    label: 'State',
    cell: ({ message_direction: direction, message_state: state }) => (
      <>
        <span class="direction">{direction === 'inbound' ? 'in' : 'out'} </span>
        <StateBadge state={state} />
      </>
    ),
  },
  {
    id: 'error',
    label: 'Error',
    onPhone: 'line',
    cell: ({ error_message: error, error_code: code }) =>
      error === '' ? null : <span title={errorInWords(code)}>{`${code} ${error}`}</span>,
  },
  {
    id: 'type',
    label: 'Type',
    onPhone: 'none',
    cell: ({ message_type: type, units }) => `${type.toUpperCase()}${units > 1 ? ` × ${units}` : ''}`,
  },
  {
    id: 'powerpack',
    label: 'Powerpack',
    onPhone: 'none',
    cell: ({ powerpack_id: uuid }) => (uuid === null ? '' : powerpackInWords(uuid, names)),
  },
];
