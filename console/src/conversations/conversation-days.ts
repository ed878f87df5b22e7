// The messages of a conversation in the order in which they are read: by day, the oldest first. Pure.
import { isoTime } from '../messages/message-time.ts';

interface Day<Message> {
  /** The day in the reader's time zone, as its date says it. */
  readonly name: string;
  readonly messages: readonly Message[];
}

const names = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});

/** Returns the days of messages that are given newest first. */
export function daysOf<Message extends { readonly message_time: string }>(
  newestFirst: readonly Message[],
): readonly Day<Message>[] {
  const days = new Map<string, Message[]>();
  for (const message of newestFirst.toReversed()) {
    const name = names.format(new Date(isoTime(message.message_time) ?? 0));
    const day = days.get(name);
    if (day === undefined) days.set(name, [message]);
    else day.push(message);
  }
  return [...days].map(([name, messages]) => ({ name, messages }));
}
