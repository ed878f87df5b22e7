// Bringing numbers of carriers of one's own.
import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso/router';
import { answerOf } from '../../../client/src/client.ts';
import { SubaccountChoice, useSubaccounts } from '../accounts/subaccount-choice.tsx';
import { ApplicationChoice, useApplications } from '../applications/application-choice.tsx';
import { Button } from '../parts/button.tsx';
import { Failure } from '../parts/failure.tsx';
import { counted } from '../parts/format.ts';
import { Page } from '../parts/page.tsx';
import { TextArea, TextField } from '../parts/text-field.tsx';
import { showToast } from '../parts/toasts.tsx';
import { useAction } from '../parts/use-action.ts';
import { useSession } from '../session/session.ts';
import { numbersIn } from './number-words.ts';

const empty = { numbers: '', carrier: '', region: '', alias: '', application: '', subaccount: '' };

type Draft = typeof empty;

export function OwnNumbersPage() {
  const { client } = useSession();
  const { route } = useLocation();
  const applications = useApplications();
  const subaccounts = useSubaccounts();
  const [draft, setDraft] = useState(empty);
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const numbers = numbersIn(draft.numbers);
  const adding = useAction(async () => {
    const { carrier, region, alias, application, subaccount } = draft;
    const body = {
      numbers,
      carrier,
      region,
      ...(alias && { alias }),
      ...(application && { app_id: application }),
      ...(subaccount && { subaccount }),
    };
    await answerOf(client.POST('/Number/', { body }));
    showToast(`${counted(numbers.length, 'number')} added.`);
    route('/console/numbers');
  });
  return (
    <Page title="Add your own numbers" parent={{ href: '/console/numbers', label: 'Numbers' }}>
      <form
        class="card"
        aria-label="Own numbers"
        onSubmit={(event) => {
          event.preventDefault();
          void adding.run();
        }}
      >
        <TextArea
          label="Numbers"
          hint="One a line, with country code. All of them are added, or none. For thousands of them: rucksack number import, on the server."
          class="code"
          required
          rows={5}
          placeholder="+1 415 555 0123"
          value={draft.numbers}
          onInput={(text) => change({ numbers: text })}
        />
        <DescriptionFields draft={draft} onChange={change} />
        <ApplicationChoice
          label="Application for incoming messages"
          none="the default application, if there is one"
          applications={applications.data}
          value={draft.application}
          onChange={(application) => change({ application })}
        />
        <SubaccountChoice
          subaccounts={subaccounts.data}
          value={draft.subaccount}
          onChange={(subaccount) => change({ subaccount })}
        />
        <Failure error={adding.error} />
        <Button kind="primary" type="submit" busy={adding.isRunning} disabled={numbers.length === 0}>
          {numbers.length === 0 ? 'Add numbers' : `Add ${counted(numbers.length, 'number')}`}
        </Button>
      </form>
    </Page>
  );
}

interface DescriptionProps {
  readonly draft: Draft;
  readonly onChange: (part: Partial<Draft>) => void;
}

/** Shows the fields that are in the words of the numbers' owner. */
function DescriptionFields({ draft, onChange }: DescriptionProps) {
  return (
    <div class="columns">
      <TextField
        maxLength={255}
        label="Carrier"
        hint="Who brings the numbers, in your words."
        required
        value={draft.carrier}
        onInput={(carrier) => onChange({ carrier })}
      />
      <TextField
        maxLength={255}
        label="Region"
        hint="In your words, such as California."
        required
        value={draft.region}
        onInput={(region) => onChange({ region })}
      />
      <TextField
        maxLength={255}
        label="Alias"
        hint="A name for people, the same for all of them. May be empty."
        value={draft.alias}
        onInput={(alias) => onChange({ alias })}
      />
    </div>
  );
}
