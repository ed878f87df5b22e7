// A live list that stands still while it is read: under the pointer, with the focus inside, or scrolled to.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from './button.tsx';
import { counted } from './format.ts';
import { holdRows } from './held-rows.ts';

interface Props<Row> {
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** The filters and the page: when they change, the list is another one. */
  readonly listKey: string;
  /** Whether the rows are still those of the list before. */
  readonly isLoading: boolean;
  /** The most rows that the list can have: that many new ones may be more. */
  readonly size: number;
  readonly children: (rows: readonly Row[]) => ComponentChildren;
}

/** From here on the page counts as scrolled; pixels. */
const scrolledFrom = 240;

/** Shows the newest rows, or while the list is held those that were there, and how many have come since. */
export function HeldList<Row>({ rows, keyOf, listKey, isLoading, size, children }: Props<Row>) {
  const place = useRef<HTMLDivElement>(null);
  const [isHeld, setHeld] = useHeld(place);
  const shown = useRef({ listKey: '', rows });
  const isOther = shown.current.listKey !== listKey;
  if (isOther || !isHeld) shown.current = { listKey: isLoading && isOther ? '' : listKey, rows };
  const held = holdRows(shown.current.rows, rows, keyOf);
  const release = () => {
    shown.current = { listKey, rows };
    setHeld(false);
    scrollTo({ top: 0 });
  };
  return (
    <div ref={place} class="held-list">
      <div class="news" role="status">
        {held.news > 0 && (
          <Button onClick={release}>
            {counted(held.news, 'new', 'new')}
            {held.news >= size ? ' or more' : ''}: show
          </Button>
        )}
      </div>
      {children(held.rows)}
    </div>
  );
}

/** Returns whether the reader is at the list, and a way to say otherwise. */
function useHeld(place: { readonly current: HTMLElement | null }): [boolean, (isHeld: boolean) => void] {
  const [isHeld, setHeld] = useState(false);
  useEffect(() => {
    const list = place.current;
    if (list === null) return;
    const ending = new AbortController();
    const { signal } = ending;
    const look = () =>
      setHeld(
        list.matches(':hover') || list.contains(document.activeElement) || window.scrollY > scrolledFrom,
      );
    for (const event of ['pointerenter', 'pointerleave', 'focusin', 'focusout']) {
      // The focus has moved once the event is over.
      list.addEventListener(event, () => queueMicrotask(look), { signal });
    }
    addEventListener('scroll', look, { signal, passive: true });
    return () => ending.abort();
  }, [place]);
  return [isHeld, setHeld];
}
