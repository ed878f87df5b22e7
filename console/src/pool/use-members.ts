// The page of members that a view asks for.
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { atLeast } from '../live/intervals.ts';
import { type Resource, useResource } from '../live/use-resource.ts';
import { collectPages } from '../parts/all-pages.ts';
import { orderQuery } from '../parts/order-text.ts';
import { pageSize } from '../parts/pager.tsx';
import { useSession } from '../session/session.ts';
import type { Member } from './member-words.ts';
import type { PoolView } from './pool-address.ts';

export interface MemberPage {
  readonly members: readonly Member[];
  /** Members that the filters leave. */
  readonly total: number;
  /** Of all members. */
  readonly summary: Schemas['QueueSummary'];
}

/**
 * Returns the wait before the next request: at least a second, and ten times the time that the last one took. A busy pool changes all
 * the time, and its summary reads every member.
 */
const interval = atLeast(1000);

/** Members that are read at most, where all of a view are wanted. */
const mostMembers = 1000;

interface Members {
  readonly page: Resource<MemberPage>;
  /** Returns all members that the filters leave, at most 1,000. */
  readonly loadAll: () => Promise<readonly Member[]>;
}

/** Loads a page of members; the previous page stays on screen until the next one is there. */
export function useMembers(powerpack_uuid: string, view: PoolView): Members {
  const { client } = useSession();
  const query = {
    offset: view.offset,
    limit: pageSize,
    ...orderQuery(view.order),
    ...(view.search !== '' && { starts_with: view.search }),
    ...(view.kind !== undefined && { type: view.kind }),
    ...(view.service !== undefined && { service: view.service }),
    ...(view.region !== undefined && { region: view.region.slice(3) }),
    ...(view.health !== undefined && { healthy: view.health === 'healthy' }),
  };
  const load = (offset: number, signal?: AbortSignal) => {
    const params = { path: { powerpack_uuid }, query: { ...query, offset } };
    return answerOf(client.GET('/Powerpack/{powerpack_uuid}/Queue/', { params, ...(signal && { signal }) }));
  };
  const page = useResource(
    `members ${powerpack_uuid} ${JSON.stringify(query)}`,
    async (signal) => {
      const { objects, meta, summary } = await load(view.offset, signal);
      return { members: objects, total: meta.total_count, summary };
    },
    ['powerpacks', 'numbers', 'messages'],
    { interval, keepsPrevious: true },
  );
  const loadAll = async (): Promise<readonly Member[]> => {
    const { entries } = await collectPages(load, mostMembers);
    return entries;
  };
  return { page, loadAll };
}
