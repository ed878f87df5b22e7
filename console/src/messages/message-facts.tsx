// The fields of a message that its timeline does not show.
import type { Schemas } from '../../../client/src/client.ts';
import { counted, phoneNumber } from '../parts/format.ts';
import { TimeAgo } from '../parts/time-ago.tsx';
import { isoTime } from './message-time.ts';
import { PowerpackLink } from './powerpack-link.tsx';

const stored: Readonly<Record<string, string>> = {
  true: 'number and text',
  false: 'neither number nor text',
  number_only: 'the number, not the text',
  content_only: 'the text, not the number',
};

export function MessageFacts({ message }: { readonly message: Schemas['Message'] }) {
  const { message_type: type, units, powerpack_id: powerpack, message_time: time } = message;
  return (
    <section class="card">
      <h2>Facts</h2>
      <dl class="facts">
        <dt>From</dt>
        <dd>{phoneNumber(message.from_number)}</dd>
        <dt>To</dt>
        <dd>
          {phoneNumber(message.to_number)}
          {message.destination_country_iso2 !== '' && ` (${message.destination_country_iso2})`}
        </dd>
        <dt>Accepted</dt>
        <dd>
          <TimeAgo time={isoTime(time) ?? ''} />
        </dd>
        <dt>Type</dt>
        <dd>
          {type.toUpperCase()}, {counted(units, 'segment')}
        </dd>
        <dt>Powerpack</dt>
        <dd>{powerpack === null ? 'none' : <PowerpackLink uuid={powerpack} />}</dd>
        <dt>Stored</dt>
        <dd>{stored[message.log] ?? message.log}</dd>
        {message.requester_ip !== '' && (
          <>
            <dt>Requested from</dt>
            <dd>{message.requester_ip}</dd>
          </>
        )}
        <dt>Message UUID</dt>
        <dd class="code">{message.message_uuid}</dd>
      </dl>
    </section>
  );
}
