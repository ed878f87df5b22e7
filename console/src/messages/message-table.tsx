// Messages, one a row. On a phone: when, between whom, what became of it.
import type { Schemas } from '../../../client/src/client.ts';
import { phoneNumber } from '../parts/format.ts';
import { TimeAgo } from '../parts/time-ago.tsx';
import { errorInWords } from './error-words.ts';
import { isoTime } from './message-time.ts';
import { StateBadge } from './state-badge.tsx';

type Message = Schemas['Message'];

interface Props {
  readonly messages: readonly Message[];
  readonly powerpackNames: ReadonlyMap<string, string>;
}

export function MessageTable({ messages, powerpackNames }: Props) {
  return (
    <div class="card table">
      <table class="messages-table" aria-label="Messages">
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">From and to</th>
            <th scope="col">State</th>
            <th scope="col" class="wide">
              Error
            </th>
            <th scope="col" class="wide">
              Type
            </th>
            <th scope="col" class="wide">
              Powerpack
            </th>
          </tr>
        </thead>
        <tbody>
          {messages.map((message) => (
            <MessageRow
              key={message.message_uuid}
              message={message}
              powerpackName={powerpackNames.get(message.powerpack_id ?? '')}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  readonly message: Message;
  readonly powerpackName: string | undefined;
}

function MessageRow({ message, powerpackName }: RowProps) {
  const isFaulty = message.error_message !== '';
  return (
    <tr>
      <td>
        <a href={`/console/messages/${message.message_uuid}`}>
          <TimeAgo time={isoTime(message.message_time) ?? ''} />
        </a>
      </td>
      <td class="between">
        <span>{phoneNumber(message.from_number)}</span>
        <span>
          <span aria-hidden="true">→ </span>
          {phoneNumber(message.to_number)}
        </span>
      </td>
      <td>
        <span class="direction">{message.message_direction === 'inbound' ? 'in' : 'out'} </span>
        <StateBadge state={message.message_state} />
      </td>
      <td class="wide" title={isFaulty ? errorInWords(message.error_code) : undefined}>
        {isFaulty ? `${message.error_code} ${message.error_message}` : ''}
      </td>
      <td class="wide">
        {message.message_type.toUpperCase()}
        {message.units > 1 ? ` × ${message.units}` : ''}
      </td>
      <td class="wide">{powerpackName ?? (message.powerpack_id === null ? '' : 'Another')}</td>
    </tr>
  );
}
