// The powerpacks and numbers whose incoming messages go to an application.
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { type Resource, useResource } from '../live/use-resource.ts';
import { counted, phoneNumber } from '../parts/format.ts';
import { useSession } from '../session/session.ts';

interface Part<Entry> {
  readonly total: number;
  /** The first of them. */
  readonly first: readonly Entry[];
}

interface Dependants {
  readonly powerpacks: Part<Pick<Schemas['Powerpack'], 'uuid' | 'name'>>;
  readonly numbers: Part<Pick<Schemas['Number'], 'number'>>;
}

export function useDependants(appId: string): Resource<Dependants> {
  const { client } = useSession();
  return useResource(
    `dependants ${appId}`,
    async (signal) => {
      const params = { query: { application_id: appId } };
      const [powerpacks, numbers] = await Promise.all([
        answerOf(client.GET('/Powerpack/', { params, signal })),
        answerOf(client.GET('/Number/', { params, signal })),
      ]);
      return {
        powerpacks: { total: powerpacks.meta.total_count, first: powerpacks.objects },
        numbers: { total: numbers.meta.total_count, first: numbers.objects },
      };
    },
    ['powerpacks', 'numbers'],
  );
}

export function DependantList({ dependants: { powerpacks, numbers } }: { readonly dependants: Dependants }) {
  if (powerpacks.total + numbers.total === 0) return <p>No powerpack and no number leads here.</p>;
  return (
    <ul>
      <li>
        {counted(powerpacks.total, 'powerpack')}
        {powerpacks.first.map(({ uuid, name }, index) => (
          <span key={uuid}>
            {index === 0 ? ': ' : ', '}
            <a href={`/console/powerpacks/${uuid}`}>{name}</a>
          </span>
        ))}
        {powerpacks.total > powerpacks.first.length && ' …'}
      </li>
      <li>
        {counted(numbers.total, 'number')}, by themselves or by their powerpack
        {numbers.first.map(({ number }, index) => (
          <span key={number}>
            {index === 0 ? ': ' : ', '}
            <a href={`/console/numbers/${number}`}>{phoneNumber(number)}</a>
          </span>
        ))}
        {numbers.total > numbers.first.length && ' …'}
      </li>
    </ul>
  );
}
