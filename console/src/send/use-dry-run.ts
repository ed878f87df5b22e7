// The dry run of the message that is being typed: asked for once the typing rests, and again when the pool or its queues change.
import { useEffect } from 'preact/hooks';
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { typingMs, useDebounced } from '../live/use-debounced.ts';
import { type Resource, useResource } from '../live/use-resource.ts';
import { useSession } from '../session/session.ts';
import { mayBeNumber } from './recipients.ts';

interface DryRunRequest {
  readonly powerpack: string;
  readonly dst: string;
  readonly type: 'sms' | 'mms';
  readonly text: string;
}

/** The longest that a wait is shown without asking again. */
const maxWaitMs = 10_000;

/** Returns the explanation; `undefined` data while there is nothing to ask about. */
export function useDryRun({
  powerpack,
  dst,
  type,
  text,
}: DryRunRequest): Resource<Schemas['Explain'] | undefined> {
  const { client } = useSession();
  // One text, for a value that rests is the same value.
  const request = useDebounced(
    JSON.stringify({ powerpack, dst, type, text } satisfies DryRunRequest),
    typingMs,
  );
  const load = async (signal: AbortSignal) => {
    const { powerpack: uuid, ...body } = JSON.parse(request) as DryRunRequest;
    if (uuid === '' || !mayBeNumber(body.dst)) return null;
    const params = { path: { powerpack_uuid: uuid } };
    return answerOf(client.POST('/Powerpack/{powerpack_uuid}/Explain/', { params, body, signal }));
  };
  const answer = useResource(`dry run ${request}`, load, ['powerpacks', 'numbers', 'messages'], {
    keepsPrevious: true,
  });
  const waitMs = (answer.data?.wait_seconds ?? 0) * 1000;
  const { reload } = answer;
  useEffect(() => {
    if (waitMs === 0) return;
    // Nothing changes on the server when a number becomes free, but the answer does.
    const timer = setTimeout(reload, Math.min(waitMs, maxWaitMs));
    return () => clearTimeout(timer);
  }, [request, waitMs]);
  const isAskable = powerpack !== '' && mayBeNumber(dst);
  return { ...answer, data: (isAskable ? answer.data : undefined) ?? undefined };
}
