// Writing from our side: the powerpack chooses the number, and says beforehand which.
import { useState } from 'preact/hooks';
import type { Powerpack } from '../messages/use-powerpacks.ts';
import { Button } from '../parts/button.tsx';
import { Failure } from '../parts/failure.tsx';
import { digitsOf, duration, phoneNumber } from '../parts/format.ts';
import { Notice } from '../parts/notice.tsx';
import { emptyDraft, sendRequestOf } from '../send/draft.ts';
import { MessageText } from '../send/message-text.tsx';
import { useDryRun } from '../send/use-dry-run.ts';
import { useSend } from '../send/use-send.ts';

interface Props {
  readonly powerpack: Powerpack;
  readonly handset: string;
}

export function PoolComposer({ powerpack, handset }: Props) {
  const [text, setText] = useState('');
  // What was typed while it was under way is kept.
  const send = useSend((_sent, request) => setText((now) => (now === request.text ? '' : now)));
  // With its plus, so that no number abroad is taken for a national one of North America.
  const recipient = `+${digitsOf(handset)}`;
  const dryRun = useDryRun({ powerpack: powerpack.uuid, dst: recipient, type: 'sms', text });
  return (
    <form
      aria-label="Write from the powerpack"
      onSubmit={(event) => {
        event.preventDefault();
        if (text !== '')
          void send.run(sendRequestOf({ ...emptyDraft, powerpack: powerpack.uuid, to: recipient, text }));
      }}
    >
      <MessageText
        label={`Write from ${powerpack.name}`}
        text={text}
        isSmart={powerpack.smart_encoding}
        isMms={false}
        onInput={setText}
      />
      <p class="would-send" aria-live="polite">
        {dryRun.data !== undefined && wordsOn(dryRun.data)}
      </p>
      {dryRun.data?.warnings.map((warning) => (
        <Notice key={warning} tone="warn">
          {warning}
        </Notice>
      ))}
      <Failure error={dryRun.error} />
      <Failure error={send.error} />
      <Button kind="primary" type="submit" disabled={text === ''} busy={send.isRunning}>
        Send
      </Button>
    </form>
  );
}

type Explanation = NonNullable<ReturnType<typeof useDryRun>['data']>;

function wordsOn({ sender, because, wait_seconds: wait, opted_out: isOptedOut }: Explanation): string {
  if (sender === null) return `No number can send this: ${because}.`;
  const number = phoneNumber(sender.number);
  if (isOptedOut)
    return `${number} would be chosen, but the recipient has sent STOP: it would fail with error 200.`;
  return `${number} would send this ${wait === 0 ? 'at once' : `in ${duration(wait)}`}: ${because}.`;
}
