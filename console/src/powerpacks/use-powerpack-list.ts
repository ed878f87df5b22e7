// The requests of the list of powerpacks.
import { answerOf } from '../../../client/src/client.ts';
import { loadNames } from '../live/load-names.ts';
import { useEvery } from '../live/use-every.ts';
import { useResource } from '../live/use-resource.ts';
import { orderQuery } from '../parts/order-text.ts';
import { useSession } from '../session/session.ts';
import type { ListView } from './list-address.ts';

/** Waiting times grow without any change on the server, so they are asked for again once in a while. */
const ageEveryMs = 10_000;

/** Loads a page of powerpacks with their queues and the names of their applications, and the deleted powerpacks. */
export function usePowerpackList({ name, order, offset, deletedOffset, deletedOrder }: ListView) {
  const { client } = useSession();
  const query = {
    offset,
    ...orderQuery(order),
    ...(name !== '' && { name__contains: name }),
  };
  const powerpacks = useResource(
    `powerpack list ${JSON.stringify(query)}`,
    async (signal) => {
      const page = await answerOf(client.GET('/Queue/', { params: { query }, signal }));
      const ids = new Set(page.objects.map(({ application_id }) => application_id));
      ids.delete('');
      const applications = await loadNames(ids, async (app_id) => {
        const asked = { path: { app_id } };
        return (await answerOf(client.GET('/Application/{app_id}/', { params: asked, signal }))).app_name;
      });
      return { ...page, applications };
    },
    ['powerpacks', 'applications', 'numbers', 'messages'],
    { keepsPrevious: true },
  );
  const deletedQuery = { offset: deletedOffset, ...orderQuery(deletedOrder) };
  const deleted = useResource(
    `deleted powerpacks ${JSON.stringify(deletedQuery)}`,
    (signal) => answerOf(client.GET('/Powerpack/Deleted/', { params: { query: deletedQuery }, signal })),
    ['powerpacks'],
    { keepsPrevious: true },
  );

  const isWaiting = powerpacks.data?.objects.some(({ queued }) => queued > 0) ?? false;
  useEvery(ageEveryMs, () => {
    if (isWaiting) powerpacks.reload();
  });
  return { powerpacks, deleted };
}
