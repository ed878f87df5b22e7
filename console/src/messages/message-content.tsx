// The text of a message and its media, or why they are not there to be read.
import type { Schemas } from '../../../client/src/client.ts';
import { MessageMedia } from './message-media.tsx';

interface Props {
  readonly message: Schemas['Message'];
  readonly text: string | null;
}

export function MessageContent({ message, text }: Props) {
  return (
    <section class="card">
      <h2>Content</h2>
      {text === null || text === '' ? (
        <p class="quiet">{whyNoText(message, text)}</p>
      ) : (
        <p class="message-text">{text}</p>
      )}
      {message.message_type === 'mms' && <MessageMedia uuid={message.message_uuid} />}
    </section>
  );
}

/** Returns the sentence that is shown in place of a text that is not there. */
export function whyNoText(
  { log, message_direction: direction }: Pick<Schemas['Message'], 'log' | 'message_direction'>,
  text: string | null,
): string {
  if (text === '') return 'No text: media only.';
  if (log === 'true' || log === 'content_only') return 'Text deleted: texts are stored for seven days.';
  return direction === 'inbound'
    ? 'Text not stored: the application does not store incoming messages.'
    : `Text not stored: the message was sent with log ${log}.`;
}
