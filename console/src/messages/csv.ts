// Messages as a file for spreadsheets. Pure.
import type { components } from '../../../client/src/schema.ts';

type Message = components['schemas']['Message'];

const columns = [
  'message_uuid',
  'message_time',
  'message_direction',
  'message_state',
  'error_code',
  'error_message',
  'from_number',
  'to_number',
  'message_type',
  'units',
  'powerpack_id',
] as const satisfies readonly (keyof Message)[];

/** Returns the messages as CSV (RFC 4180), with a line of names. */
export const csvOf = (messages: readonly Pick<Message, (typeof columns)[number]>[]): string =>
  [columns.join(','), ...messages.map((message) => columns.map((name) => fieldOf(message[name])).join(','))]
    .map((line) => `${line}\r\n`)
    .join('');

/** Returns a field, in quotes where it must be. A leading sign that spreadsheets take for a formula gets an apostrophe. */
function fieldOf(value: string | number | null): string {
  const text = String(value ?? '').replace(/^([=+\-@])/, "'$1");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
