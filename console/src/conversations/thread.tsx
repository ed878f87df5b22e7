// A conversation as bubbles: the account's on the right, the handset's on the left.
import { useLayoutEffect, useRef } from 'preact/hooks';
import { whyNoText } from '../messages/message-content.tsx';
import { isoTime } from '../messages/message-time.ts';
import { StateBadge } from '../messages/state-badge.tsx';
import { oursOf } from '../messages/two-sides.ts';
import { Button } from '../parts/button.tsx';
import { Empty } from '../parts/empty.tsx';
import { NumberLink } from '../parts/number-link.tsx';
import { daysOf } from './conversation-days.ts';
import type { Conversation, ConversationMessage } from './use-conversation.ts';

interface Props {
  readonly conversation: Conversation;
  readonly showEarlier: (() => void) | undefined;
}

/** The distance from the end within which the newest message is taken to be in view; pixels. */
const nearEnd = 120;

export function Thread({ conversation: { messages }, showEarlier }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const newest = messages[0]?.message_uuid;
  useLayoutEffect(() => {
    if (isAtEnd.current && box.current !== null) box.current.scrollTop = box.current.scrollHeight;
  }, [newest]);

  return (
    <div
      class="thread"
      ref={box}
      role="log"
      aria-label="Messages"
      onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
        isAtEnd.current = scrollHeight - scrollTop - clientHeight < nearEnd;
      }}
    >
      {showEarlier !== undefined && (
        <p class="earlier">
          <Button kind="quiet" onClick={showEarlier}>
            Show earlier messages
          </Button>
        </p>
      )}
      {messages.length === 0 && (
        <Empty title="No message yet">
          <p>Write the first one below.</p>
        </Empty>
      )}
      {daysOf(messages).map(({ name, messages: ofDay }) => (
        <section key={name} aria-label={name}>
          <h2 class="day">{name}</h2>
          <ol>
            {ofDay.map((message) => (
              <Bubble key={message.message_uuid} message={message} />
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}

const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });

function Bubble({ message }: { readonly message: ConversationMessage }) {
  const { message_uuid: uuid, message_direction: direction, message_state: state, text } = message;
  const time = isoTime(message.message_time) ?? '';
  const isOurs = direction === 'outbound';
  const hasText = text !== null && text !== '';
  return (
    <li class={isOurs ? 'bubble ours' : 'bubble theirs'}>
      <p class={hasText ? 'bubble-text' : 'bubble-text not-stored'}>
        {hasText ? text : whyNoText(message, text)}
      </p>
      <p class="bubble-meta">
        {isOurs ? 'From' : 'To'} <NumberLink number={oursOf(message)} />
        {' · '}
        <a href={`/console/messages/${uuid}`}>
          <time dateTime={time}>{clock.format(new Date(time))}</time>
        </a>{' '}
        <StateBadge state={state} />
      </p>
      {isOurs && message.error_message !== '' && (
        <p class="bubble-error">
          Error {message.error_code}: {message.error_message}
        </p>
      )}
    </li>
  );
}
