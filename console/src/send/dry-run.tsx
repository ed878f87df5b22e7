// The dry run beside the form: which number would send, why, when, and why the others were rejected.
import { useState } from 'preact/hooks';
import type { Schemas } from '../../../client/src/client.ts';
import type { Resource } from '../live/use-resource.ts';
import { RejectedNumbers } from '../messages/rejected-numbers.tsx';
import { Failure } from '../parts/failure.tsx';
import { counted, duration, percent, phoneNumber } from '../parts/format.ts';
import { Notice } from '../parts/notice.tsx';
import { NumberLink } from '../parts/number-link.tsx';
import { Dimmed } from '../parts/page.tsx';
import { OtherNumbers } from './other-numbers.tsx';

type Explanation = Schemas['Explain'];

interface Props {
  readonly resource: Resource<Explanation | undefined>;
  /** Recipients, of whom one is explained. */
  readonly recipients: readonly string[];
  readonly explained: string;
  readonly onExplain: (recipient: string) => void;
}

/** Recipients that can be chosen for the dry run. */
const maxChoices = 50;

export function DryRun({ resource: { data, error, isStale }, recipients, explained, onExplain }: Props) {
  return (
    <section class="card dry-run" aria-label="Who would send">
      <h2>Who would send</h2>
      {recipients.length > 1 && (
        <label class="explained">
          Explained for{' '}
          <select value={explained} onChange={(event) => onExplain(event.currentTarget.value)}>
            {recipients.slice(0, maxChoices).map((recipient) => (
              <option key={recipient} value={recipient}>
                {recipient}
              </option>
            ))}
          </select>
        </label>
      )}
      <Failure error={error} />
      {error === undefined && data === undefined && (
        <p class="quiet">
          Choose a powerpack and type a recipient with its country code: this says which number would send,
          why and when, before anything is sent.
        </p>
      )}
      {error === undefined && data !== undefined && (
        <Dimmed when={isStale}>
          <Explained explanation={data} />
        </Dimmed>
      )}
    </section>
  );
}

function Explained({ explanation }: { readonly explanation: Explanation }) {
  const { sender, because, health, opted_out: isOptedOut, wait_seconds: wait } = explanation;
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <div aria-live="polite">
        {sender === null ? (
          <Notice tone="warn">
            No number can send this: {because}. If you send it all the same, it is refused or fails.
          </Notice>
        ) : (
          <>
            <p class="chosen">
              <span class="chosen-number">
                <NumberLink number={sender.number} />
              </span>{' '}
              <span class="quiet">
                {kinds[sender.type]}, {sender.country_iso2}
              </span>
            </p>
            <p>
              Because {because}.{' '}
              {wait === 0 ? 'It is free: the message would go at once.' : `It is free in ${duration(wait)}.`}{' '}
              {health !== null && deliveryInWords(health)}
            </p>
          </>
        )}
        {isOptedOut && (
          <Notice tone="bad">
            The recipient has sent STOP to {stoppedInWords(explanation)}: the message would be accepted and
            fail with error 200.
          </Notice>
        )}
        {explanation.warnings.map((warning) => (
          <Notice key={warning} tone="warn">
            {warning}
          </Notice>
        ))}
      </div>
      <h3>{sender === null ? 'The numbers of the pool' : 'The other numbers'}</h3>
      <RejectedNumbers counts={explanation.rejected} />
      {explanation.others.length > 0 && (
        <details class="others" onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary>One by one</summary>
          {isOpen && <OtherNumbers others={explanation.others} />}
        </details>
      )}
    </>
  );
}

/** Returns what share of the sender's messages arrives, as a sentence. */
function deliveryInWords({ finished, delivered, healthy }: NonNullable<Explanation['health']>): string {
  if (finished === 0) return 'In the last 24 h none of its messages has ended.';
  const share = `${percent(delivered / finished)} of its ${counted(finished, 'message')} of the last 24 h`;
  return healthy ? `${share} were delivered.` : `Only ${share} were delivered.`;
}

/** Returns the number that the recipient sent STOP to, and the scope of the opt-out. */
function stoppedInWords({ sender, opt_outs: optOuts }: Explanation): string {
  const own = optOuts.find(({ number }) => number !== null && number === sender?.number);
  if (own !== undefined) return 'this number';
  const wide = optOuts.find(({ scope }) => scope !== 'number');
  const number = wide?.number ?? null;
  const whole = wide?.scope === 'account' ? 'account' : 'powerpack';
  return `${number === null ? 'another number' : phoneNumber(number)}, which counts for the whole ${whole}`;
}

const kinds = {
  longcode: 'long code',
  tollfree: 'toll-free',
  shortcode: 'short code',
  alphanumeric: 'name',
} as const;
