// A powerpack by its name, wherever a message names it.
import { answerOf } from '../../../client/src/client.ts';
import { unlessMissing } from '../live/missing.ts';
import { useResource } from '../live/use-resource.ts';
import { useSession } from '../session/session.ts';

export function PowerpackLink({ uuid }: { readonly uuid: string }) {
  const { client } = useSession();
  const params = { path: { powerpack_uuid: uuid } };
  const load = (signal: AbortSignal) =>
    unlessMissing(answerOf(client.GET('/Powerpack/{powerpack_uuid}/', { params, signal })));
  const powerpack = useResource(`powerpack or none ${uuid}`, load, ['powerpacks']).data;
  if (powerpack === null) return <span class="quiet">one that was deleted</span>;
  return <a href={`/console/powerpacks/${uuid}`}>{powerpack?.name ?? '…'}</a>;
}
