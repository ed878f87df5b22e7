// Messages as a file for spreadsheets. Pure.
import type { components } from '../../../client/src/schema.ts';
import { csvText } from '../parts/csv.ts';

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

/** Returns the messages as CSV, with a line of names. */
export const csvOf = (messages: readonly Pick<Message, (typeof columns)[number]>[]): string =>
  csvText(
    columns,
    messages.map((message) => columns.map((name) => message[name])),
  );
