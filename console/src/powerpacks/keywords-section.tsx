// The words that opt people out and in, and what is answered.
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { useResource } from '../live/use-resource.ts';
import { Button } from '../parts/button.tsx';
import { Failure } from '../parts/failure.tsx';
import { Switch } from '../parts/field.tsx';
import { Loaded } from '../parts/page.tsx';
import { SelectField } from '../parts/select-field.tsx';
import { TextArea, TextField } from '../parts/text-field.tsx';
import { showToast } from '../parts/toasts.tsx';
import { useAction } from '../parts/use-action.ts';
import { useDraft } from '../parts/use-draft.ts';
import { useSession } from '../session/session.ts';
import { draftOfKeywords, keywordsBody, languageChoices } from './keyword-draft.ts';

export function KeywordsSection({ uuid }: { readonly uuid: string }) {
  const { client } = useSession();
  const params = { path: { powerpack_uuid: uuid } };
  const keywords = useResource(
    `keywords ${uuid}`,
    (signal) => answerOf(client.GET('/Powerpack/{powerpack_uuid}/Keywords/', { params, signal })),
    ['powerpacks'],
  );
  return (
    <section class="card" aria-labelledby="keywords">
      <h2 id="keywords">STOP, START and HELP</h2>
      <Loaded resource={keywords}>
        {(shown) => <KeywordsForm uuid={uuid} keywords={shown} onSaved={keywords.reload} />}
      </Loaded>
    </section>
  );
}

interface FormProps {
  readonly uuid: string;
  readonly keywords: Schemas['Keywords'];
  readonly onSaved: () => void;
}

const textFields = [
  { name: 'optout', label: 'Own words of opting out' },
  { name: 'optin', label: 'Own words of opting in' },
  { name: 'help', label: 'Own words for help' },
] as const;
const answerFields = [
  { name: 'optout_answer', label: 'Answer to opting out' },
  { name: 'optin_answer', label: 'Answer to opting in' },
  { name: 'help_answer', label: 'Answer to help' },
] as const;

function KeywordsForm({ uuid, keywords, onSaved }: FormProps) {
  const { client } = useSession();
  const { content, isChanged, change, discard } = useDraft(draftOfKeywords(keywords));
  const saving = useAction(async () => {
    const params = { path: { powerpack_uuid: uuid } };
    const body = keywordsBody(content);
    await answerOf(client.POST('/Powerpack/{powerpack_uuid}/Keywords/', { params, body }));
    onSaved();
    showToast('Saved: keywords.');
  });
  const { registration } = keywords;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void saving.run();
      }}
    >
      <p class="quiet">
        The English words always count, because networks know them too. Now these opt out:{' '}
        {registration.optout_keywords.split(',').join(', ')}.
      </p>
      <SelectField
        label="Languages"
        value={content.languages}
        options={languageChoices}
        onChange={(languages) => change({ languages })}
      />
      <Switch
        label="Read leniently"
        hint="A text that begins with a word of opting out opts out, such as “Stop texting me”."
        checked={content.isLenient}
        onChange={(isLenient) => change({ isLenient })}
      />
      {textFields.map(({ name, label }) => (
        <TextField
          key={name}
          label={label}
          hint="With commas between. May be empty."
          value={content[name]}
          onInput={(text) => change({ [name]: text })}
        />
      ))}
      <TextField
        label="Sender"
        hint="Answers begin with it. May be empty."
        maxLength={40}
        value={content.brand}
        onInput={(brand) => change({ brand })}
      />
      {answerFields.map(({ name, label }) => (
        <TextArea
          key={name}
          label={label}
          hint="Empty for the text of the language."
          rows={2}
          maxLength={320}
          value={content[name]}
          onInput={(text) => change({ [name]: text })}
        />
      ))}
      <Switch
        label="The application answers"
        hint="The server then says nothing itself where an application is called."
        checked={content.isApplications}
        onChange={(isApplications) => change({ isApplications })}
      />
      <Switch
        label="All numbers"
        hint="Otherwise long codes and toll-free numbers of the US and Canada."
        checked={content.isEverywhere}
        onChange={(isEverywhere) => change({ isEverywhere })}
      />
      <Failure error={saving.error} />
      <div class="dialog-actions">
        <Button disabled={!isChanged} onClick={discard}>
          Discard keywords
        </Button>
        <Button kind="primary" type="submit" disabled={!isChanged} busy={saving.isRunning}>
          Save keywords
        </Button>
      </div>
    </form>
  );
}
