// The form of a message: from whom, to whom, what, and sending it.
import { useState } from 'preact/hooks';
import type { Powerpack } from '../messages/use-powerpacks.ts';
import { Button } from '../parts/button.tsx';
import { Failure } from '../parts/failure.tsx';
import { counted } from '../parts/format.ts';
import { Notice } from '../parts/notice.tsx';
import { TextArea } from '../parts/text-field.tsx';
import { type Draft, missingIn, sendRequestOf, typeOf } from './draft.ts';
import { MediaChoice } from './media-choice.tsx';
import { MessageText } from './message-text.tsx';
import { MoreOptions } from './more-options.tsx';
import { numbersIn, recipientsOf } from './recipients.ts';
import { RecipientsFile } from './recipients-file.tsx';
import { SenderChoice } from './sender-choice.tsx';
import { type Sent, useSend } from './use-send.ts';

interface Props {
  readonly draft: Draft;
  readonly powerpacks: readonly Powerpack[];
  readonly change: (changes: Partial<Draft>) => void;
  /** Given the changes from what the draft is by then: files take their time. */
  readonly update: (changesOf: (draft: Draft) => Partial<Draft>) => void;
  readonly onSent: (sent: Sent) => void;
}

export function SendForm({ draft, powerpacks, change, update, onSent }: Props) {
  const [isAsked, setAsked] = useState(false);
  const [sentAs, setSentAs] = useState<string>();
  const send = useSend(onSent);
  const missing = missingIn(draft);
  // After it was sent, the same message is sent again only on purpose.
  const isSent = sentAs !== undefined && sentAs === JSON.stringify(draft);
  const submit = async () => {
    setAsked(true);
    if (missing !== undefined || isSent || !(await send.run(sendRequestOf(draft)))) return;
    setAsked(false);
    setSentAs(JSON.stringify(draft));
  };

  return (
    <form
      class="card"
      aria-label="Message to send"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <SenderChoice draft={draft} powerpacks={powerpacks} change={change} />
      <TextArea
        label="Recipients"
        hint="With country code; several with commas or line ends between them."
        class="recipients"
        rows={1}
        inputMode="tel"
        placeholder="+1 415 555 0123"
        value={draft.to}
        onInput={(text) => change({ to: text })}
      />
      <RecipientsFile
        onRead={(read) =>
          update(({ to }) => ({ to: [...new Set([...recipientsOf(to), ...read])].join('\n') }))
        }
      />
      <MessageText
        label="Text"
        text={draft.text}
        isSmart={isSmart(draft, powerpacks)}
        isMms={typeOf(draft) === 'mms'}
        onInput={(text) => change({ text })}
      />
      <MediaChoice
        draft={draft}
        change={change}
        changeFiles={(next) => update(({ files }) => ({ files: next(files) }))}
      />
      <MoreOptions draft={draft} change={change} />
      {isAsked && missing !== undefined && <Notice tone="warn">{missing}</Notice>}
      <Failure error={send.error} />
      {isSent ? (
        <p class="sent-note">
          Sent. <Button onClick={() => setSentAs(undefined)}>Send it again …</Button>
        </p>
      ) : (
        <Button kind="primary" type="submit" busy={send.isRunning}>
          {verbFor(draft)}
        </Button>
      )}
    </form>
  );
}

/** Returns whether the powerpack that sends replaces characters that make a text longer. */
const isSmart = ({ from, powerpack }: Draft, powerpacks: readonly Powerpack[]): boolean =>
  from === 'powerpack' && powerpacks.some(({ uuid, smart_encoding }) => uuid === powerpack && smart_encoding);

function verbFor({ to }: Draft): string {
  const recipients = recipientsOf(to);
  return recipients.length > 1 ? `Send ${counted(numbersIn(recipients).length, 'message')}` : 'Send';
}
