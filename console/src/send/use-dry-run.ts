// Who would send what is being typed: asked once the typing rests, and again when the pool or its queues change.
import { useEffect } from 'preact/hooks';
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { useKept } from '../live/use-kept.ts';
import { type Resource, useResource } from '../live/use-resource.ts';
import { typingMs, useSettled } from '../live/use-settled.ts';
import { useSession } from '../session/session.ts';
import { mayBeNumber } from './recipients.ts';

export interface DryRunWish {
  readonly powerpack: string;
  readonly dst: string;
  readonly type: 'sms' | 'mms';
  readonly text: string;
}

/** The longest that a wait is shown without asking again. */
const maxWaitMs = 10_000;

/** The explanation; `undefined` data while there is nothing to ask about. */
export function useDryRun({
  powerpack,
  dst,
  type,
  text,
}: DryRunWish): Resource<Schemas['Explain'] | undefined> {
  const { client } = useSession();
  // One text, for a value that rests is the same value.
  const wish = useSettled(JSON.stringify({ powerpack, dst, type, text } satisfies DryRunWish), typingMs);
  const load = async (signal: AbortSignal) => {
    const { powerpack: uuid, ...body } = JSON.parse(wish) as DryRunWish;
    if (uuid === '' || !mayBeNumber(body.dst)) return undefined;
    const params = { path: { powerpack_uuid: uuid } };
    return answerOf(client.POST('/Powerpack/{powerpack_uuid}/Explain/', { params, body, signal }));
  };
  const answer = useResource(wish, load, ['powerpacks', 'numbers', 'messages']);
  const last = useKept(answer);
  const waitMs = (answer.data?.wait_seconds ?? 0) * 1000;
  const { reload } = answer;
  useEffect(() => {
    if (waitMs === 0) return;
    // Nothing changes on the server when a number becomes free, but the answer does.
    const timer = setTimeout(reload, Math.min(waitMs, maxWaitMs));
    return () => clearTimeout(timer);
  }, [wish, waitMs]);
  const isAskable = powerpack !== '' && mayBeNumber(dst);
  return isAskable ? last : { ...answer, data: undefined };
}
