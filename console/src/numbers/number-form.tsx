// The settings of a number: alias, application, subaccount.
import { answerOf } from '../../../client/src/client.ts';
import { SubaccountChoice, useSubaccounts } from '../accounts/subaccount-choice.tsx';
import { ApplicationChoice, useApplications } from '../applications/application-choice.tsx';
import { Button } from '../parts/button.tsx';
import { Failure } from '../parts/failure.tsx';
import type { PowerpackNames } from '../parts/powerpack-names.ts';
import { SelectField } from '../parts/select-field.tsx';
import { TextField } from '../parts/text-field.tsx';
import { showToast } from '../parts/toasts.tsx';
import { useAction } from '../parts/use-action.ts';
import { useDraft } from '../parts/use-draft.ts';
import { useSession } from '../session/session.ts';
import { applicationIdOf, type RentedNumber, type Verification, verificationWords } from './number-words.ts';

export function NumberForm({
  number,
  names,
}: {
  readonly number: RentedNumber;
  readonly names: PowerpackNames;
}) {
  const { client } = useSession();
  const applications = useApplications();
  const subaccounts = useSubaccounts();
  const saved = {
    alias: number.alias ?? '',
    application: applicationIdOf(number),
    subaccount: number.sub_account ?? '',
    verification: number.toll_free_sms_verification ?? ('none' as const),
  };
  const { content, isChanged, change, discard } = useDraft(saved);
  const saving = useAction(async () => {
    // Only what was changed: the application that is shown may be that of the powerpack.
    const body = {
      ...(content.alias !== saved.alias && { alias: content.alias || 'none' }),
      ...(content.application !== saved.application && { app_id: content.application || 'none' }),
      ...(content.subaccount !== saved.subaccount && { subaccount: content.subaccount || 'null' }),
      ...(content.verification !== saved.verification && {
        toll_free_sms_verification: content.verification,
      }),
    };
    const params = { path: { number: number.number } };
    await answerOf(client.POST('/Number/{number}/', { params, body }));
    // Where a powerpack decides, the new application is not what is shown.
    if (number.powerpack_uuid !== null) discard();
    showToast('Saved.');
  });
  return (
    <form
      class="card"
      aria-label="Number"
      onSubmit={(event) => {
        event.preventDefault();
        void saving.run();
      }}
    >
      <TextField
        label="Alias"
        hint="A name for people. It is not sent."
        maxLength={255}
        value={content.alias}
        onInput={(text) => change({ alias: text })}
      />
      <ApplicationChoice
        label="Application for incoming messages"
        hint={applicationHint(number, names)}
        none="none"
        applications={applications.data}
        value={content.application}
        onChange={(application) => change({ application })}
      />
      <SubaccountChoice
        subaccounts={subaccounts.data}
        hint="A subaccount sees only its own numbers."
        value={content.subaccount}
        onChange={(subaccount) => change({ subaccount })}
      />
      {number.number_type === 'tollfree' && (
        <SelectField
          label="Toll-free verification"
          hint="As the carriers have told you. A number that is not verified is passed over by its powerpack."
          value={content.verification}
          options={verificationOptions}
          onChange={(verification) => change({ verification })}
        />
      )}
      <Failure error={saving.error} />
      <Button kind="primary" type="submit" busy={saving.isRunning} disabled={!isChanged}>
        Save changes
      </Button>
    </form>
  );
}

const verificationOptions: readonly { readonly value: Verification | 'none'; readonly label: string }[] = [
  { value: 'none', label: 'Not known: it sends' },
  ...(Object.entries(verificationWords) as [Verification, string][]).map(([value, label]) => ({
    value,
    label,
  })),
];

function applicationHint(
  { powerpack_uuid: uuid }: Pick<RentedNumber, 'powerpack_uuid'>,
  names: PowerpackNames,
): string {
  if (uuid === null) return 'An application says which URL is called.';
  const name = names.get(uuid) ?? 'of a subaccount';
  return `While the number is in the powerpack ${name}, that powerpack’s application comes first. What is chosen here holds when the powerpack has none, and once the number leaves it.`;
}
