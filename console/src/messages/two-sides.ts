// The two sides of a message: the account's number, and the other party's. Pure.

export interface ExchangedMessage {
  readonly message_direction: 'inbound' | 'outbound';
  readonly message_state: string;
  readonly message_time: string;
  readonly from_number: string;
  readonly to_number: string;
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
