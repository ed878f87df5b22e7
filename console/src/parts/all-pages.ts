// Lists to choose from: several pages of the API together, up to a limit.

interface ListPage<Entry> {
  readonly meta: { readonly total_count: number };
  readonly objects: readonly Entry[];
}

export interface Collected<Entry> {
  readonly entries: readonly Entry[];
  /** Whether there are more than were asked for. */
  readonly isCut: boolean;
}

/** As many entries as there are offered in a choice. */
const mostOffered = 200;

/** Asks for page after page, in order. */
export async function collectPages<Entry>(
  ask: (offset: number) => Promise<ListPage<Entry>>,
  limit = mostOffered,
): Promise<Collected<Entry>> {
  const entries: Entry[] = [];
  let total = 1;
  while (entries.length < Math.min(total, limit)) {
    const { meta, objects } = await ask(entries.length);
    total = meta.total_count;
    if (objects.length === 0) return { entries, isCut: false };
    entries.push(...objects);
  }
  return { entries, isCut: total > entries.length };
}
