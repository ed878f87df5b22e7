// Conversations, one a row, each with its last message.
import type { Schemas } from '../../../client/src/client.ts';
import { isoTime } from '../messages/message-time.ts';
import { Badge } from '../parts/badge.tsx';
import { type Column, DataTable, RowLink } from '../parts/data-table.tsx';
import { count, phoneNumber } from '../parts/format.ts';
import { PersonLink } from '../parts/number-link.tsx';
import { type PowerpackNames, powerpackInWords, usePowerpackNames } from '../parts/powerpack-names.ts';
import type { ServerOrder } from '../parts/table-model.ts';
import { TimeAgo } from '../parts/time-ago.tsx';

type Conversation = Schemas['ConversationSummary'];

interface Props {
  readonly conversations: readonly Conversation[];
  readonly order: ServerOrder;
  readonly keyOf: (conversation: Conversation) => string;
}

export function ConversationTable({ conversations, order, keyOf }: Props) {
  const names = usePowerpackNames(conversations.map(({ powerpack_uuid: uuid }) => uuid));
  return (
    <DataTable
      label="Conversations"
      class="conversation-table"
      rows={conversations}
      serverOrder={order}
      keyOf={keyOf}
      columns={columnsOf(names)}
    />
  );
}

/** Returns the columns; those that sort have the API's names of the orders. */
const columnsOf = (names: PowerpackNames): readonly Column<Conversation>[] => [
  {
    id: 'number',
    label: 'Person',
    kind: 'name',
    isHeader: true,
    sortBy: ({ number }) => number,
    cell: ({ number, powerpack_uuid: powerpack }) =>
      powerpack === null ? (
        <PersonLink number={number} />
      ) : (
        <RowLink href={`/console/conversations/${powerpack}/${number}`}>{phoneNumber(number)}</RowLink>
      ),
  },
  {
    id: 'text',
    label: 'Last message',
    onPhone: 'line',
    cell: ({ last_message: { message_direction: direction, text } }) => (
      <span class="last-text">
        <span class="quiet">{direction === 'inbound' ? '' : 'You: '}</span>
        {text ?? <span class="quiet">not stored</span>}
      </span>
    ),
  },
  {
    id: 'last_message',
    label: 'When',
    sortBy: ({ last_message: { message_time: time } }) => Date.parse(isoTime(time) ?? ''),
    cell: ({ last_message: { message_time: time } }) => <TimeAgo time={isoTime(time) ?? ''} />,
  },
  {
    id: 'state',
    label: 'State',
    cell: ({ unanswered, opted_out: optedOut }) => (
      <>
        {unanswered && <Badge tone="warn">Unanswered</Badge>}
        {optedOut && <Badge tone="bad">Opted out</Badge>}
      </>
    ),
  },
  {
    id: 'powerpack',
    label: 'Powerpack',
    cell: ({ powerpack_uuid: uuid }) => (uuid === null ? '' : powerpackInWords(uuid, names)),
  },
  {
    id: 'received',
    label: 'Received',
    kind: 'number',
    sortBy: ({ received }) => received,
    cell: ({ received }) => count(received),
  },
  {
    id: 'sent',
    label: 'Sent',
    kind: 'number',
    cell: ({ sent }) => count(sent),
  },
];
