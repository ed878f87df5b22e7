// One message: its content, timeline and callbacks.
import { useRoute } from 'preact-iso/router';
import { isMissing } from '../live/missing.ts';
import { ButtonLink } from '../parts/button.tsx';
import { Empty } from '../parts/empty.tsx';
import { phoneNumber } from '../parts/format.ts';
import { Loaded, Page } from '../parts/page.tsx';
import { CancelMessage } from './cancel-message.tsx';
import { CarrierRecords } from './carrier-records.tsx';
import { conversationAddress } from './conversation-address.ts';
import { MessageCallbacks } from './message-callbacks.tsx';
import { MessageContent } from './message-content.tsx';
import { MessageFacts } from './message-facts.tsx';
import { RejectedNumbers } from './rejected-numbers.tsx';
import { StateBadge } from './state-badge.tsx';
import { Timeline } from './timeline.tsx';
import { handsetOf } from './two-sides.ts';
import { type MessageTimeline, useMessageTimeline } from './use-message-timeline.ts';

const parent = { href: '/console/messages', label: 'Messages' };

export function MessagePage() {
  const uuid = useRoute().params.uuid ?? '';
  const timeline = useMessageTimeline(uuid);
  if (isMissing(timeline.error)) return <MissingMessage uuid={uuid} />;
  const message = timeline.data?.message;
  return (
    <Page
      title={message === undefined ? 'Message' : titleOf(message)}
      parent={parent}
      actions={
        message === undefined ? undefined : (
          <>
            {isCancellable(message) && <CancelMessage uuid={uuid} />}
            <Conversation message={message} />
          </>
        )
      }
    >
      <Loaded resource={timeline}>{(timeline) => <MessageDetails {...timeline} />}</Loaded>
    </Page>
  );
}

type Message = MessageTimeline['message'];

const isCancellable = ({ message_direction: direction, message_state: state }: Message): boolean =>
  direction === 'outbound' && state === 'queued';

const titleOf = (message: Message): string =>
  `Message ${message.message_direction === 'inbound' ? 'from' : 'to'} ${phoneNumber(handsetOf(message))}`;

function Conversation({ message }: { readonly message: Message }) {
  const address = conversationAddress(message);
  return address === undefined ? null : <ButtonLink href={address}>Conversation</ButtonLink>;
}

function MessageDetails({ message, explanation, webhooks, steps }: MessageTimeline) {
  const isChosen = explanation.rule !== null;
  return (
    <>
      <p class="message-state">
        <StateBadge state={message.message_state} />
      </p>
      <div class="columns message-columns">
        <div class="stack">
          <section class="card">
            <h2>What happened</h2>
            <Timeline steps={steps} />
          </section>
          <CarrierRecords uuid={message.message_uuid} />
        </div>
        <div class="stack">
          <MessageContent message={message} text={explanation.text} />
          {isChosen && (
            <section class="card">
              <h2>Other numbers of the pool</h2>
              <RejectedNumbers counts={explanation.rejected} />
            </section>
          )}
          <MessageFacts message={message} />
        </div>
      </div>
      <MessageCallbacks webhooks={webhooks} />
    </>
  );
}

function MissingMessage({ uuid }: { readonly uuid: string }) {
  return (
    <Page title="No such message" parent={parent}>
      <div class="card">
        <Empty title="This account has no message at this address">
          <p>
            Messages are stored for 90 days. If this is the api_id of a request,{' '}
            <a href={`/console/account/requests?api_id=${uuid}`}>the log of requests</a> may have it.
          </p>
          <ButtonLink href="/console/messages">Back to the messages</ButtonLink>
        </Empty>
      </div>
    </Page>
  );
}
