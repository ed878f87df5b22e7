// Sending, with the answer to "who would send this, and why?" before it is sent and what became of it after.
import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso/router';
import { usePowerpacks } from '../messages/use-powerpacks.ts';
import { Page } from '../parts/page.tsx';
import { type Draft, draftOf, typeOf } from './draft.ts';
import { DryRun } from './dry-run.tsx';
import { numbersIn, recipientsOf } from './recipients.ts';
import { SendForm } from './send-form.tsx';
import { SentMessages } from './sent-messages.tsx';
import { useDryRun } from './use-dry-run.ts';
import type { Sent } from './use-send.ts';

export function SendPage() {
  const { query, route } = useLocation();
  const [draft, setDraft] = useState(() => draftOf(query));
  const [explained, setExplained] = useState('');
  const [sent, setSent] = useState<Sent>();
  const powerpacks = usePowerpacks(draft.powerpack).data ?? [];
  const numbers = numbersIn(recipientsOf(draft.to));
  const dst = numbers.includes(explained) ? explained : (numbers[0] ?? '');
  const isByPowerpack = draft.from === 'powerpack';
  const dryRun = useDryRun({
    powerpack: isByPowerpack ? draft.powerpack : '',
    dst,
    type: typeOf(draft),
    text: draft.text,
  });

  const update = (changesOf: (before: Draft) => Partial<Draft>) =>
    setDraft((before) => ({ ...before, ...changesOf(before) }));
  const change = (changes: Partial<Draft>) => {
    update(() => changes);
    // The choice of the powerpack is in the address, so that it can be come back to.
    if (changes.powerpack !== undefined) route(addressFor(changes.powerpack), true);
  };

  return (
    <Page title="Send">
      <div class="columns send">
        <SendForm draft={draft} powerpacks={powerpacks} change={change} update={update} onSent={setSent} />
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
