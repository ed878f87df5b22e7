// A powerpack by its name, wherever a message names it.
import { useResource } from '../live/use-resource.ts';
import { useSession } from '../session/session.tsx';

export function PowerpackLink({ uuid }: { readonly uuid: string }) {
  const { client } = useSession();
  const params = { path: { powerpack_uuid: uuid } };
  const load = async (signal: AbortSignal): Promise<string | null> =>
    (await client.GET('/Powerpack/{powerpack_uuid}/', { params, signal })).data?.name ?? null;
  const name = useResource(`name ${uuid}`, load, ['powerpacks']).data;
  if (name === null) return <span class="quiet">one that was deleted</span>;
  return <a href={`/console/powerpacks/${uuid}`}>{name ?? '…'}</a>;
}
