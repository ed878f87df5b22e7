// The edited values of a form, beside those of the server.
import { useEffect, useState } from 'preact/hooks';

interface Draft<Content extends object> {
  readonly content: Content;
  /** Whether it says something else than the server. */
  readonly isChanged: boolean;
  readonly change: (part: Partial<Content>) => void;
  readonly discard: () => void;
}

/** Follows `source` in all that the user has not changed. `Content` holds texts, numbers and flags. */
export function useDraft<Content extends object>(source: Content): Draft<Content> {
  const [changes, setChanges] = useState<Partial<Content>>({});
  const standing = changesAgainst(source, changes);
  // What the server says by now is no change any more: from here on it is followed again.
  useEffect(() => setChanges((before) => changesAgainst(source, before)), [JSON.stringify(source)]);
  return {
    content: { ...source, ...standing },
    isChanged: Object.keys(standing).length > 0,
    change: (part) => setChanges((before) => ({ ...before, ...part })),
    discard: () => setChanges({}),
  };
}

function changesAgainst<Content extends object>(
  source: Content,
  changes: Partial<Content>,
): Partial<Content> {
  const names = Object.keys(changes) as (keyof Content)[];
  return Object.fromEntries(
    names.filter((name) => changes[name] !== source[name]).map((name) => [name, changes[name]]),
  ) as Partial<Content>;
}
