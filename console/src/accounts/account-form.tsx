// The account's own details.
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { Button } from '../parts/button.tsx';
import { Failure } from '../parts/failure.tsx';
import { TextField } from '../parts/text-field.tsx';
import { showToast } from '../parts/toasts.tsx';
import { useAction } from '../parts/use-action.ts';
import { useDraft } from '../parts/use-draft.ts';
import { useSession } from '../session/session.ts';
import { isSubaccount } from './subaccount-choice.tsx';

type Account = Pick<Schemas['Account'], 'auth_id' | 'name' | 'address' | 'city' | 'state'>;

const fields = [
  { name: 'name', label: 'Name' },
  { name: 'address', label: 'Address' },
  { name: 'city', label: 'City' },
  { name: 'state', label: 'State or province' },
] as const;

export function AccountForm({ account }: { readonly account: Account }) {
  const { client } = useSession();
  const { name, address, city, state } = account;
  const { content, isChanged, change } = useDraft({ name, address, city, state });
  const saving = useAction(async () => {
    await answerOf(client.POST('/', { body: content }));
    showToast('Saved.');
  });
  return (
    <form
      class="card"
      aria-labelledby="details"
      onSubmit={(event) => {
        event.preventDefault();
        void saving.run();
      }}
    >
      <h2 id="details">Details</h2>
      <dl class="facts">
        <dt>Auth id</dt>
        <dd class="code">{account.auth_id}</dd>
        <dt>Kind</dt>
        <dd>{isSubaccount(account) ? 'Subaccount' : 'Main account'}</dd>
      </dl>
      {fields.map(({ name: field, label }) => (
        <TextField
          key={field}
          label={label}
          maxLength={255}
          value={content[field]}
          onInput={(text) => change({ [field]: text })}
        />
      ))}
      <Failure error={saving.error} />
      <Button kind="primary" type="submit" busy={saving.isRunning} disabled={!isChanged}>
        Save changes
      </Button>
    </form>
  );
}
