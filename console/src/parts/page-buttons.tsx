// The page before and the page after, with where one is between them.
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { Button } from './button.tsx';

interface Props {
  readonly offset: number;
  /** Objects on a page. */
  readonly size: number;
  readonly hasMore: boolean;
  readonly onMove: (offset: number) => void;
  /** The list, where there may be several on the page. */
  readonly of?: string | undefined;
  readonly children: ComponentChildren;
}

/** Shows nothing where there is only one page. The list that stands before it is shown from its beginning. */
export function PageButtons({ offset, size, hasMore, onMove, of, children }: Props) {
  const place = useRef<HTMLElement>(null);
  if (offset === 0 && !hasMore) return null;
  const move = (to: number): void => {
    onMove(to);
    showFromBeginning(place.current?.previousElementSibling);
  };
  return (
    <nav ref={place} class="pager" aria-label={of === undefined ? 'Pages' : `Pages of ${of}`}>
      <Button disabled={offset === 0} onClick={() => move(Math.max(0, offset - size))}>
        Previous
      </Button>
      <span>{children}</span>
      <Button disabled={!hasMore} onClick={() => move(offset + size)}>
        Next
      </Button>
    </nav>
  );
}

/** Shows a list from its beginning, unless that is in sight. */
function showFromBeginning(list: Element | null | undefined): void {
  list?.scrollTo({ top: 0 });
  if (list != null && list.getBoundingClientRect().top < 0) list.scrollIntoView();
}
