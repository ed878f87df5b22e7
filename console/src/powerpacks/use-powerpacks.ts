// What the list of powerpacks asks of the server.
import { useEffect, useRef } from 'preact/hooks';
import { answerOf, type RucksackClient, RucksackError } from '../../../client/src/client.ts';
import { type Resource, useResource } from '../live/use-resource.ts';
import { useSession } from '../session/session.tsx';
import type { ListView } from './list-address.ts';

/** What waits grows older without any change on the server, so it is asked for again once in a while. */
const ageEveryMs = 10_000;

/** A page of powerpacks and the names of their applications; the queues of the same page; and what was deleted. */
export function usePowerpacks({ name, offset, deletedOffset }: ListView) {
  const { client } = useSession();
  const params = { query: { offset, ...(name !== '' && { name__contains: name }) } };
  const key = `${offset} ${name}`;
  const powerpacks = useResource(
    key,
    async (signal) => {
      const page = await answerOf(client.GET('/Powerpack/', { params, signal }));
      const ids = new Set(page.objects.map(({ application_id }) => application_id));
      ids.delete('');
      return { ...page, applications: await namesOf(client, [...ids], signal) };
    },
    ['powerpacks', 'applications'],
  );
  const queues = useResource(key, (signal) => answerOf(client.GET('/Queue/', { params, signal })), [
    'powerpacks',
    'numbers',
    'messages',
  ]);
  const deleted = useResource(
    String(deletedOffset),
    (signal) =>
      answerOf(client.GET('/Powerpack/Deleted/', { params: { query: { offset: deletedOffset } }, signal })),
    ['powerpacks'],
  );

  const isWaiting = queues.data?.objects.some(({ queued }) => queued > 0) ?? false;
  useEffect(() => {
    if (!isWaiting) return;
    const timer = setInterval(queues.reload, ageEveryMs);
    return () => clearInterval(timer);
  }, [isWaiting, key]);
  return { powerpacks: useKept(powerpacks), queues: useKept(queues), deleted: useKept(deleted) };
}

/** With the data of before until there are new ones: another page or another name to look for leaves the table in its place. */
function useKept<Data>(resource: Resource<Data>): Resource<Data> {
  const kept = useRef<Data>(undefined);
  kept.current = resource.data ?? kept.current;
  return { ...resource, data: kept.current };
}

/** Names by application id; one that was deleted meanwhile has none. */
async function namesOf(
  client: RucksackClient,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const applications = await Promise.all(
    ids.map((app_id) =>
      answerOf(client.GET('/Application/{app_id}/', { params: { path: { app_id } }, signal })).catch(
        (error) => {
          if (error instanceof RucksackError && error.status === 404) return undefined;
          throw error;
        },
      ),
    ),
  );
  return new Map(
    applications.filter((one) => one !== undefined).map(({ app_id, app_name }) => [app_id, app_name]),
  );
}
