// The fields of a message that its timeline does not show.
import type { Schemas } from '../../../client/src/client.ts';
import { counted } from '../parts/format.ts';
import { NumberLink, PersonLink } from '../parts/number-link.tsx';
import { PowerpackLink } from '../parts/powerpack-link.tsx';
import { usePowerpackNames } from '../parts/powerpack-names.ts';
import { TimeAgo } from '../parts/time-ago.tsx';
import { isoTime } from './message-time.ts';

const stored: Readonly<Record<string, string>> = {
  true: 'number and text',
  false: 'neither number nor text',
  number_only: 'the number, not the text',
  content_only: 'the text, not the number',
};

export function MessageFacts({ message }: { readonly message: Schemas['Message'] }) {
  const { message_type: type, units, powerpack_id: powerpack, message_time: time } = message;
  const names = usePowerpackNames([powerpack]);
  const isOutbound = message.message_direction === 'outbound';
  return (
    <section class="card">
      <h2>Facts</h2>
      <dl class="facts">
        <dt>From</dt>
        <dd>
          <Side number={message.from_number} isOurs={isOutbound} />
        </dd>
        <dt>To</dt>
        <dd>
          <Side number={message.to_number} isOurs={!isOutbound} />
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
        <dd>
          <PowerpackLink uuid={powerpack} names={names} />
        </dd>
        {message.tendlc_campaign_id !== '' && (
          <>
            <dt>Campaign</dt>
            <dd class="code">{message.tendlc_campaign_id}</dd>
          </>
        )}
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

/** Shows one of the two numbers: the account's own leads to its page, the person's to the messages with it. */
function Side({ number, isOurs }: { readonly number: string; readonly isOurs: boolean }) {
  return isOurs ? <NumberLink number={number} /> : <PersonLink number={number} />;
}
