// How both logs are filtered: the audit log and the log of requests. Their ids tell their time. Pure.
import { firstIdOf, timeOfId } from '../base/id.ts';

export interface LogFilters {
  readonly id: string | undefined;
  /** An auth id, the id of an API key or a user of the machine. */
  readonly caller: string | undefined;
  readonly pathPrefix: string | undefined;
  readonly from: Date | undefined;
  /** Excluded. */
  readonly until: Date | undefined;
}

/** The most entries of a time that a filter looks through: the newest. */
export const maxSearched = 100_000;

const lastId = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** Returns the range of ids that filters leave of those below `before`: the first one, and the one behind the last. */
export function idRange(
  { id, from, until }: LogFilters,
  before: string | undefined,
): readonly [from: string, until: string] {
  const ms = id === undefined ? undefined : timeOfId(id).getTime();
  const starts = [from?.getTime(), ms].filter((start) => start !== undefined).map(firstIdOf);
  const ends = [until?.getTime(), ms === undefined ? undefined : ms + 1]
    .filter((end) => end !== undefined)
    .map(firstIdOf);
  return [starts.sort().at(-1) ?? firstIdOf(0), [...ends, before ?? lastId].sort()[0] as string];
}
