// The belongings of a subaccount, shown before it is deleted.
import { answerOf, type RucksackClient } from '../../../client/src/client.ts';
import { useResource } from '../live/use-resource.ts';
import { counted } from '../parts/format.ts';
import { Loaded } from '../parts/page.tsx';
import { useSession } from '../session/session.ts';

export function SubaccountBelongings({ authId }: { readonly authId: string }) {
  const { client } = useSession();
  const belongings = useResource(`belongings ${authId}`, (signal) => count(client, authId, signal), [
    'numbers',
    'applications',
    'powerpacks',
  ]);
  return (
    <div class="belongings">
      <Loaded resource={belongings}>
        {({ powerpacks, numbers, applications }) => (
          <p>
            It has <strong>{counted(powerpacks, 'powerpack')}</strong>,{' '}
            <strong>{counted(numbers, 'number')}</strong> and{' '}
            <strong>{counted(applications, 'application')}</strong>.
          </p>
        )}
      </Loaded>
    </div>
  );
}

/** Returns how many there are. Powerpacks are found at the subaccount's own address. */
async function count(client: RucksackClient, authId: string, signal: AbortSignal) {
  const params = { query: { subaccount: authId, limit: 1 } };
  const baseUrl = `${location.origin}/v1/Account/${authId}`;
  const [powerpacks, numbers, applications] = await Promise.all([
    answerOf(client.GET('/Powerpack/', { baseUrl, params: { query: { limit: 1 } }, signal })),
    answerOf(client.GET('/Number/', { params, signal })),
    answerOf(client.GET('/Application/', { params, signal })),
  ]);
  return {
    powerpacks: powerpacks.meta.total_count,
    numbers: numbers.meta.total_count,
    applications: applications.meta.total_count,
  };
}
