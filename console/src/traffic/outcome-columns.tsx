// Columns of tables that say what was sent by each of something, and what of it arrived.
import type { Column } from '../parts/data-table.tsx';
import { count, percent } from '../parts/format.ts';
import { deliveryRate, type Outcomes } from './sentences.ts';

interface Sent extends Outcomes {
  readonly messages: number;
}

/** How many messages there were, and the share of the finished ones that were delivered. */
export const outcomeColumns: readonly Column<Sent>[] = [
  {
    id: 'messages',
    label: 'Messages',
    kind: 'number',
    sortBy: ({ messages }) => messages,
    cell: ({ messages }) => count(messages),
  },
  {
    id: 'rate',
    label: 'Delivered',
    title: 'Of the messages with an end',
    kind: 'number',
    sortBy: deliveryRate,
    cell: (sent) => {
      const rate = deliveryRate(sent);
      return rate === null ? '–' : percent(rate);
    },
  },
];
