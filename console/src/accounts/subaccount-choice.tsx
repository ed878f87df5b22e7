// The choice of a subaccount, for a main account that gives something to one.
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { type Resource, useResource } from '../live/use-resource.ts';
import { type Collected, collectPages } from '../parts/all-pages.ts';
import { SelectField } from '../parts/select-field.tsx';
import { useSession } from '../session/session.ts';

type Subaccounts = Collected<Schemas['Subaccount']>;

const none: Subaccounts = { entries: [], isCut: false };

/** Returns the subaccounts; a subaccount has none of its own, and may not ask. */
export function useSubaccounts(): Resource<Subaccounts> {
  const { client, account } = useSession();
  return useResource(
    'subaccounts of choice',
    async (signal) =>
      isSubaccount(account)
        ? none
        : collectPages((offset) =>
            answerOf(client.GET('/Subaccount/', { params: { query: { offset } }, signal })),
          ),
    ['subaccounts'],
  );
}

export const isSubaccount = ({ auth_id: authId }: { readonly auth_id: string }): boolean =>
  authId.startsWith('SA');

interface Props {
  readonly hint?: string;
  readonly subaccounts: Subaccounts | undefined;
  /** Auth id; empty for the main account. */
  readonly value: string;
  readonly onChange: (authId: string) => void;
  /** Whether it may be the main account's again. */
  readonly canBeMain?: boolean;
}

/** Shows nothing where there is nothing to choose. */
export function SubaccountChoice({ hint, subaccounts, value, onChange, canBeMain = true }: Props) {
  const entries = subaccounts?.entries ?? [];
  if (entries.length === 0) return null;
  return (
    <SelectField
      label="Belongs to"
      hint={hint}
      value={value}
      options={[
        { value: '', label: 'the main account', disabled: !canBeMain },
        ...entries.map(({ auth_id: authId, name }) => ({ value: authId, label: name })),
      ]}
      onChange={onChange}
    />
  );
}
