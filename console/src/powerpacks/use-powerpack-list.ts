// The requests of the list of powerpacks.
import { answerOf } from '../../../client/src/client.ts';
import { loadNames } from '../live/load-names.ts';
import { useEvery } from '../live/use-every.ts';
import { useResource } from '../live/use-resource.ts';
import { useSession } from '../session/session.ts';
import type { ListView } from './list-address.ts';

/** Waiting times grow without any change on the server, so they are asked for again once in a while. */
const ageEveryMs = 10_000;

/** Loads a page of powerpacks with the names of their applications, the queues of the same page, and the deleted powerpacks. */
export function usePowerpackList({ name, offset, deletedOffset }: ListView) {
  const { client } = useSession();
  const params = { query: { offset, ...(name !== '' && { name__contains: name }) } };
  const key = `${offset} ${name}`;
  const powerpacks = useResource(
    `powerpack list ${key}`,
    async (signal) => {
      const page = await answerOf(client.GET('/Powerpack/', { params, signal }));
      const ids = new Set(page.objects.map(({ application_id }) => application_id));
      ids.delete('');
      const applications = await loadNames(ids, async (app_id) => {
        const asked = { path: { app_id } };
        return (await answerOf(client.GET('/Application/{app_id}/', { params: asked, signal }))).app_name;
      });
      return { ...page, applications };
    },
    ['powerpacks', 'applications'],
    { keepsPrevious: true },
  );
  const queues = useResource(
    `powerpack queues ${key}`,
    (signal) => answerOf(client.GET('/Queue/', { params, signal })),
    ['powerpacks', 'numbers', 'messages'],
    { keepsPrevious: true },
  );
  const deleted = useResource(
    `deleted powerpacks ${deletedOffset}`,
    (signal) =>
      answerOf(client.GET('/Powerpack/Deleted/', { params: { query: { offset: deletedOffset } }, signal })),
    ['powerpacks'],
    { keepsPrevious: true },
  );

  const isWaiting = queues.data?.objects.some(({ queued }) => queued > 0) ?? false;
  useEvery(ageEveryMs, () => {
    if (isWaiting) queues.reload();
  });
  return { powerpacks, queues, deleted };
}
