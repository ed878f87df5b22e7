// The page before and the page after, with where one is between them.
import type { ComponentChildren } from 'preact';
import { Button } from './button.tsx';

interface Props {
  readonly offset: number;
  /** Objects on a page. */
  readonly size: number;
  readonly hasMore: boolean;
  readonly onMove: (offset: number) => void;
  readonly children: ComponentChildren;
}

/** Shows nothing where there is only one page. */
export function PageButtons({ offset, size, hasMore, onMove, children }: Props) {
  if (offset === 0 && !hasMore) return null;
  return (
    <nav class="pager" aria-label="Pages">
      <Button disabled={offset === 0} onClick={() => onMove(Math.max(0, offset - size))}>
        Previous
      </Button>
      <span>{children}</span>
      <Button disabled={!hasMore} onClick={() => onMove(offset + size)}>
        Next
      </Button>
    </nav>
  );
}
