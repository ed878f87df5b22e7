// Adds a name of the account, as a sender for countries that take names.
import { useState } from 'preact/hooks';
import { answerOf } from '../../../client/src/client.ts';
import { useResource } from '../live/use-resource.ts';
import { Button } from '../parts/button.tsx';
import { Failure } from '../parts/failure.tsx';
import { Loaded } from '../parts/page.tsx';
import { SelectField } from '../parts/select-field.tsx';
import { showToast } from '../parts/toasts.tsx';
import { useAction } from '../parts/use-action.ts';
import { useSession } from '../session/session.ts';
import type { PoolCalls } from './use-pool.ts';

interface Props {
  readonly pool: PoolCalls;
  readonly onDone: () => void;
}

export function AddName({ pool, onDone }: Props) {
  const { client } = useSession();
  const names = useResource('names', (signal) => answerOf(client.GET('/AlphanumericSender/', { signal })), [
    'account',
  ]);
  return (
    <Loaded resource={names}>
      {({ objects }) =>
        objects.length === 0 ? (
          <p class="quiet">
            The account has no names. Ask for one on the page <a href="/console/account#names">Account</a>.
          </p>
        ) : (
          <NameForm pool={pool} onDone={onDone} names={objects} />
        )
      }
    </Loaded>
  );
}

interface FormProps extends Props {
  readonly names: readonly { readonly name: string; readonly status: string }[];
}

function NameForm({ pool, onDone, names }: FormProps) {
  const [name, setName] = useState(names[0]?.name ?? '');
  const add = useAction(() => pool.addName(name));
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (!(await add.run())) return;
    showToast(`The name ${name} was added.`);
    onDone();
  };
  return (
    <form onSubmit={submit}>
      <p class="quiet">
        A name sends SMS to countries that take names, once the operator has approved it; never to the US and
        Canada. Recipients cannot answer it, so they cannot write STOP to it.
      </p>
      <div class="filters">
        <SelectField
          label="Name"
          value={name}
          options={names.map((one) => ({
            value: one.name,
            label: one.status === 'approved' ? one.name : `${one.name} (${one.status})`,
          }))}
          onChange={setName}
        />
        <Button kind="primary" type="submit" busy={add.isRunning}>
          Add the name
        </Button>
      </div>
      <Failure error={add.error} />
    </form>
  );
}
