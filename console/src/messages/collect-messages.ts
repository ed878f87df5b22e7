// The messages of a list together, as a file has them.
import type { components } from '../../../client/src/schema.ts';
import type { Filters } from './message-filters.ts';

type Message = components['schemas']['Message'];

/** A page of the list that is asked for. */
export interface WantedPage extends Filters {
  readonly message_time__lte?: string;
  readonly limit: number;
  readonly offset: number;
}

/** The most messages of one file, and pages that are asked for at once. */
export const mostCollected = 5000;
const atOnce = 4;

/**
 * Loads the newest messages of a list, several pages at once. Messages that come in meanwhile are left out: they would push the rows on, and
 * rows would come twice.
 */
export async function collectMessages<Found extends Pick<Message, 'message_time'>>(
  load: (page: WantedPage) => Promise<readonly Found[]>,
  filters: Filters,
  pageSize: number,
  onProgress: (messages: number) => void,
): Promise<readonly Found[]> {
  const [newest] = await load({ ...filters, limit: 1, offset: 0 });
  if (newest === undefined) return [];
  const anchored = { ...filters, message_time__lte: newest.message_time };
  const messages: Found[] = [];
  for (let offset = 0; offset < mostCollected; offset += pageSize * atOnce) {
    const offsets = Array.from({ length: atOnce }, (_, page) => offset + page * pageSize);
    const pages = await Promise.all(
      offsets.map((start) => load({ ...anchored, limit: pageSize, offset: start })),
    );
    messages.push(...pages.flat());
    onProgress(messages.length);
    if (pages.some((page) => page.length < pageSize)) break;
  }
  return messages.slice(0, mostCollected);
}
