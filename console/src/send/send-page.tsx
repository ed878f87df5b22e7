// Sending, with the answer to "who would send this, and why?" before it is sent and what became of it after.
import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso/router';
import { usePowerpacks } from '../messages/use-powerpacks.ts';
import { Button } from '../parts/button.tsx';
import { Failure } from '../parts/failure.tsx';
import { counted } from '../parts/format.ts';
import { Notice } from '../parts/notice.tsx';
import { Page } from '../parts/page.tsx';
import { TextArea } from '../parts/text-field.tsx';
import { type Draft, draftOf, missingIn, sendRequestOf, typeOf } from './draft.ts';
import { DryRun } from './dry-run.tsx';
import { MediaChoice } from './media-choice.tsx';
import { MessageText } from './message-text.tsx';
import { MoreOptions } from './more-options.tsx';
import { notNumbersIn, recipientsOf } from './recipients.ts';
import { RecipientsFile } from './recipients-file.tsx';
import { SenderChoice } from './sender-choice.tsx';
import { SentMessages } from './sent-messages.tsx';
import { useDryRun } from './use-dry-run.ts';
import { type Sent, useSend } from './use-send.ts';

export function SendPage() {
  const { query, route } = useLocation();
  const [draft, setDraft] = useState(() => draftOf(query));
  const [explained, setExplained] = useState('');
  const [sent, setSent] = useState<Sent>();
  const [sentAs, setSentAs] = useState<string>();
  const [isAsked, setAsked] = useState(false);
  const send = useSend(setSent);
  const powerpacks = usePowerpacks(draft.powerpack).data ?? [];

  const change = (changes: Partial<Draft>) => {
    setDraft((before) => ({ ...before, ...changes }));
    // The choice of the powerpack is in the address, so that it can be come back to.
    if (changes.powerpack !== undefined) route(addressFor(changes.powerpack), true);
  };
  const recipients = recipientsOf(draft.to);
  const words = notNumbersIn(recipients);
  const numbers = recipients.filter((recipient) => !words.includes(recipient));
  const dst = numbers.includes(explained) ? explained : (numbers[0] ?? '');
  const type = typeOf(draft);
  const isByPowerpack = draft.from === 'powerpack';
  const isSmart =
    isByPowerpack &&
    powerpacks.some(({ uuid, smart_encoding }) => uuid === draft.powerpack && smart_encoding);
  const dryRun = useDryRun({ powerpack: isByPowerpack ? draft.powerpack : '', dst, type, text: draft.text });
  const missing = missingIn(draft) ?? (words.length > 0 ? `Not a number: ${words.join(', ')}.` : undefined);
  // After it was sent, the same message is sent again only on purpose.
  const isSent = sentAs !== undefined && sentAs === JSON.stringify(draft);

  return (
    <Page title="Send">
      <div class="columns send">
        <form
          class="card"
          aria-label="Message to send"
          onSubmit={(event) => {
            event.preventDefault();
            setAsked(true);
            if (missing === undefined && !isSent)
              void send.run(sendRequestOf(draft)).then((isDone) => {
                if (!isDone) return;
                setAsked(false);
                setSentAs(JSON.stringify(draft));
              });
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
              setDraft((before) => ({
                ...before,
                to: [...new Set([...recipientsOf(before.to), ...read])].join('\n'),
              }))
            }
          />
          <MessageText
            label="Text"
            text={draft.text}
            isSmart={isSmart}
            isMms={type === 'mms'}
            onInput={(text) => change({ text })}
          />
          <MediaChoice
            draft={draft}
            change={change}
            changeFiles={(next) => setDraft((before) => ({ ...before, files: next(before.files) }))}
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
              {recipients.length > 1 ? `Send ${counted(numbers.length, 'message')}` : 'Send'}
            </Button>
          )}
        </form>
        <div class="stack">
          {sent !== undefined && <SentMessages sent={sent} />}
          {isByPowerpack ? (
            <DryRun resource={dryRun} recipients={numbers} explained={dst} onExplain={setExplained} />
          ) : (
            <section class="card dry-run">
              <h2>Who would send</h2>
              <p class="quiet">The number that you name, at its own pace. Only a powerpack chooses.</p>
            </section>
          )}
        </div>
      </div>
    </Page>
  );
}

const addressFor = (powerpack: string): string =>
  powerpack === '' ? '/console/send' : `/console/send?powerpack=${powerpack}`;
