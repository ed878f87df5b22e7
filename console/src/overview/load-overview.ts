// Everything that the overview shows, asked for at once, so that the page appears in one piece.
import { answerOf, type RucksackClient, type Schemas } from '../../../client/src/client.ts';
import { pageSize } from '../parts/pager.tsx';

export type PowerpackQueue = Schemas['PowerpackQueue'];

/** A count of callbacks, and whether there are more that were not counted. */
export interface CallbackCount {
  readonly callbacks: number;
  readonly hasMore: boolean;
}

export interface Overview {
  readonly powerpacks: readonly PowerpackQueue[];
  /** Powerpacks of the account; more than are in `powerpacks` where there are very many. */
  readonly powerpackCount: number;
  readonly traffic: Schemas['Traffic'];
  readonly failedCallbacks: CallbackCount;
  readonly pendingCallbacks: CallbackCount;
  /** Messages that were ever sent; counted up to 20. */
  readonly sentMessages: number;
  readonly hasApplication: boolean;
}

/** Pages of powerpacks that are looked at: 100 powerpacks. */
const maxPages = 5;
const longAgo = '1970-01-01';

/** @throws RucksackError when the server refuses one of the questions. */
export async function loadOverview(client: RucksackClient, signal: AbortSignal): Promise<Overview> {
  const [queues, traffic, failedCallbacks, pendingCallbacks, sent, powerpacks] = await Promise.all([
    loadQueues(client, signal),
    answerOf(client.GET('/Traffic/', { params: { query: { by: 'minute', buckets: 60 } }, signal })),
    countCallbacks(client, 'failed', signal),
    countCallbacks(client, 'pending', signal),
    answerOf(
      client.GET('/Message/', {
        params: { query: { message_direction: 'outbound', message_time__gte: longAgo } },
        signal,
      }),
    ),
    answerOf(client.GET('/Powerpack/', { signal })),
  ]);
  return {
    powerpacks: queues.powerpacks,
    powerpackCount: queues.total,
    traffic,
    failedCallbacks,
    pendingCallbacks,
    sentMessages: sent.objects.length,
    hasApplication: powerpacks.objects.some(({ application_id }) => application_id !== ''),
  };
}

async function loadQueues(
  client: RucksackClient,
  signal: AbortSignal,
): Promise<{ readonly powerpacks: readonly PowerpackQueue[]; readonly total: number }> {
  const load = (page: number) =>
    answerOf(client.GET('/Queue/', { params: { query: { offset: page * pageSize } }, signal }));
  const first = await load(0);
  const total = first.meta.total_count;
  const pages = Math.min(maxPages, Math.ceil(total / pageSize));
  const others = await Promise.all(
    Array.from({ length: Math.max(0, pages - 1) }, (_, page) => load(page + 1)),
  );
  return { powerpacks: [first, ...others].flatMap(({ objects }) => objects), total };
}

async function countCallbacks(
  client: RucksackClient,
  outcome: 'failed' | 'pending',
  signal: AbortSignal,
): Promise<CallbackCount> {
  const { meta, objects } = await answerOf(
    client.GET('/Webhook/', { params: { query: { outcome } }, signal }),
  );
  return { callbacks: objects.length, hasMore: meta.next !== null };
}
