// The messages that were just sent, followed live.
import { useState } from 'preact/hooks';
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { useResource } from '../live/use-resource.ts';
import { conversationAddress } from '../messages/conversation-address.ts';
import { MessageCallbacks } from '../messages/message-callbacks.tsx';
import { StateBadge } from '../messages/state-badge.tsx';
import { Timeline } from '../messages/timeline.tsx';
import { useMessageTimeline } from '../messages/use-message-timeline.ts';
import { count, counted, phoneNumber } from '../parts/format.ts';
import { Notice } from '../parts/notice.tsx';
import { NumberLink } from '../parts/number-link.tsx';
import { Loaded } from '../parts/page.tsx';
import { useSession } from '../session/session.ts';
import type { Sent } from './use-send.ts';

/** Messages that are followed at the same time. */
const maxFollowed = 10;

export function SentMessages({ sent }: { readonly sent: Sent }) {
  const { message_uuid: uuids, invalid_number: invalid = [] } = sent;
  const [chosen, setChosen] = useState(uuids[0] ?? '');
  const shown = uuids.includes(chosen) ? chosen : (uuids[0] ?? '');
  return (
    <section class="card" aria-label="Sent">
      <h2>{counted(uuids.length, 'message')} accepted</h2>
      {invalid.length > 0 && (
        <Notice tone="warn">
          Not accepted, because they are no numbers that can be sent to: {invalid.join(', ')}
        </Notice>
      )}
      {uuids.length > 1 && <Recipients uuids={uuids} shown={shown} onChoose={setChosen} />}
      {shown !== '' && <Followed uuid={shown} />}
    </section>
  );
}

interface RecipientsProps {
  readonly uuids: readonly string[];
  readonly shown: string;
  readonly onChoose: (uuid: string) => void;
}

function Recipients({ uuids, shown, onChoose }: RecipientsProps) {
  const { client } = useSession();
  const followed = uuids.slice(0, maxFollowed);
  const messages = useResource(
    `sent ${followed.join()}`,
    (signal) =>
      Promise.all(
        followed.map((uuid) =>
          answerOf(
            client.GET('/Message/{message_uuid}/', { params: { path: { message_uuid: uuid } }, signal }),
          ),
        ),
      ),
    ['messages'],
  );
  return (
    <Loaded resource={messages}>
      {(list) => (
        <>
          <ul class="sent-recipients" aria-label="Recipients">
            {list.map(({ message_uuid: uuid, to_number: to, message_state: state }) => (
              <li key={uuid}>
                <button type="button" aria-pressed={uuid === shown} onClick={() => onChoose(uuid)}>
                  {phoneNumber(to)} <StateBadge state={state} />
                </button>
              </li>
            ))}
          </ul>
          {uuids.length > maxFollowed && (
            <p class="quiet">
              And {count(uuids.length - maxFollowed)} more,{' '}
              <a href="/console/messages">in the list of messages</a>.
            </p>
          )}
        </>
      )}
    </Loaded>
  );
}

function Followed({ uuid }: { readonly uuid: string }) {
  const timeline = useMessageTimeline(uuid);
  return (
    <Loaded resource={timeline}>
      {({ message, steps, webhooks }) => (
        <>
          <p>
            To {phoneNumber(message.to_number)} from <NumberLink number={message.from_number} />:{' '}
            <StateBadge state={message.message_state} />
          </p>
          <Timeline steps={steps} />
          {webhooks.length > 0 && <MessageCallbacks webhooks={webhooks} />}
          <SentLinks message={message} />
        </>
      )}
    </Loaded>
  );
}

function SentLinks({ message }: { readonly message: Schemas['Message'] }) {
  const conversation = conversationAddress(message);
  return (
    <p class="sent-links">
      <a href={`/console/messages/${message.message_uuid}`}>Open this message</a>
      {conversation !== undefined && <a href={conversation}>Open the conversation</a>}
    </p>
  );
}
