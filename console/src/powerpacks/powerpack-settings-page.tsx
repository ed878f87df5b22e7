// Changing a powerpack.

import { useEffect, useRef, useState } from 'preact/hooks';
import { useRoute } from 'preact-iso/router';
import { answerOf } from '../../../client/src/client.ts';
import { Button, ButtonLink } from '../parts/button.tsx';
import { Failure } from '../parts/failure.tsx';
import { moment } from '../parts/format.ts';
import { Notice } from '../parts/notice.tsx';
import { showToast } from '../parts/toasts.tsx';
import { useAction } from '../parts/use-action.ts';
import { useLeavingQuestion } from '../parts/use-leaving-question.ts';
import { useSession } from '../session/session.ts';
import { KeywordsSection } from './keywords-section.tsx';
import { nameRefusalIn, PowerpackFields } from './powerpack-fields.tsx';
import { type Powerpack, PowerpackFrame } from './powerpack-frame.tsx';
import { changesBetween, changesInWords, type PowerpackSettings } from './powerpack-settings.ts';

export function PowerpackSettingsPage() {
  const { uuid = '' } = useRoute().params;
  return (
    <PowerpackFrame uuid={uuid}>
      {(powerpack) => (
        <div class="settings">
          <SettingsForm key={powerpack.uuid} powerpack={powerpack} />
          <KeywordsSection uuid={uuid} />
          <Facts powerpack={powerpack} />
          <section class="card">
            <h2>Delete</h2>
            <p>
              You see what a deletion would do before anything happens, and it can be undone for some days.
            </p>
            <ButtonLink href={`/console/powerpacks/${uuid}/delete`}>Delete this powerpack …</ButtonLink>
          </section>
        </div>
      )}
    </PowerpackFrame>
  );
}

/** Keeps only what a person touched: what others change meanwhile in the rest is shown as it is, and is not sent. */
function SettingsForm({ powerpack }: { readonly powerpack: Powerpack }) {
  const { client } = useSession();
  const [answered, setAnswered] = useState<Powerpack>();
  const [touched, setTouched] = useState<Partial<PowerpackSettings>>({});
  const form = useRef<HTMLFormElement>(null);
  const present = answered ?? powerpack;
  const settings = { ...present, ...touched };
  const changes = changesBetween(present, settings);
  const words = changesInWords(changes);
  const isChanged = words.length > 0;

  const saving = useAction(async () => {
    const params = { path: { powerpack_uuid: powerpack.uuid } };
    setAnswered(await answerOf(client.POST('/Powerpack/{powerpack_uuid}/', { params, body: changes })));
    // What was touched while the server worked is kept.
    setTouched((now) => (now === touched ? {} : now));
    showToast(`Saved: ${words.join(', ')}.`);
  });
  useEffect(() => setAnswered(undefined), [powerpack]);
  useFocusOfAddress(form);
  const nameRefusal = nameRefusalIn(saving.error);
  useLeavingQuestion(isChanged);

  return (
    <form
      ref={form}
      class="powerpack-form"
      onSubmit={(event) => {
        event.preventDefault();
        void saving.run();
      }}
    >
      <PowerpackFields
        settings={settings}
        nameRefusal={nameRefusal}
        onChange={(change) => setTouched((before) => ({ ...before, ...change }))}
      />
      <div class="save-bar">
        <Failure error={nameRefusal === undefined ? saving.error : undefined} />
        {changes.sticky_sender === false && (
          <Notice tone="warn">
            Without sticky sender, the powerpack forgets at once which number each recipient knows.
          </Notice>
        )}
        <p class="quiet" role="status">
          {isChanged ? `Not saved: ${words.join(', ')}` : 'Everything is saved.'}
        </p>
        <Button disabled={!isChanged} onClick={() => setTouched({})}>
          Discard
        </Button>
        <Button kind="primary" type="submit" disabled={!isChanged} busy={saving.isRunning}>
          Save
        </Button>
      </div>
    </form>
  );
}

/** Moves the focus to the switch that the address names, such as `#protection`: a refused deletion links there. */
function useFocusOfAddress(form: { readonly current: HTMLElement | null }): void {
  useEffect(() => {
    if (location.hash === '') return;
    const place = form.current?.querySelector(`[id="${CSS.escape(location.hash.slice(1))}"]`);
    place?.querySelector('input')?.focus();
  }, []);
}

function Facts({ powerpack }: { readonly powerpack: Powerpack }) {
  return (
    <section class="card">
      <h2>For the API</h2>
      <dl class="facts">
        <dt>Powerpack UUID</dt>
        <dd class="code">{powerpack.uuid}</dd>
        <dt>Number pool UUID</dt>
        <dd class="code">{powerpack.number_pool.split('/')[5]}</dd>
        <dt>Created</dt>
        <dd>{moment(powerpack.created_on)}</dd>
      </dl>
    </section>
  );
}
