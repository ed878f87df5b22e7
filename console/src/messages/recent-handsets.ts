// With whom a powerpack has been exchanging messages lately. Pure.

export interface ExchangedMessage {
  readonly message_direction: 'inbound' | 'outbound';
  readonly message_state: string;
  readonly message_time: string;
  readonly from_number: string;
  readonly to_number: string;
}

export interface RecentHandset {
  readonly handset: string;
  /** The newest message to or from it. */
  readonly latest: ExchangedMessage;
  /** Of the messages that were looked at. */
  readonly sent: number;
  readonly received: number;
}

/** Returns the other party's number of a message. */
export const handsetOf = ({
  message_direction: direction,
  from_number: from,
  to_number: to,
}: ExchangedMessage) => (direction === 'inbound' ? from : to);

/** Returns the account's own number of a message. */
export const oursOf = ({
  message_direction: direction,
  from_number: from,
  to_number: to,
}: ExchangedMessage) => (direction === 'inbound' ? to : from);

/** Returns whether a number is stored in full. A masked one leads nowhere. */
export const isWhole = (number: string): boolean => /^\d+$/.test(number);

/** Returns the handsets of messages, that of the newest first. Masked numbers are left out, because they cannot be told apart. */
export function recentHandsets(messages: readonly ExchangedMessage[]): readonly RecentHandset[] {
  const newestFirst = messages.toSorted((a, b) => b.message_time.localeCompare(a.message_time));
  const found = new Map<string, { latest: ExchangedMessage; sent: number; received: number }>();
  for (const message of newestFirst) {
    const handset = handsetOf(message);
    if (!isWhole(handset)) continue;
    const known = found.get(handset) ?? { latest: message, sent: 0, received: 0 };
    if (message.message_direction === 'inbound') known.received += 1;
    else known.sent += 1;
    found.set(handset, known);
  }
  return [...found].map(([handset, known]) => ({ handset, ...known }));
}
