// Through a list that the server does not count: the page before, the page after.
import { Button } from './button.tsx';
import { count } from './format.ts';
import { pageSize } from './pager.tsx';

interface Props {
  readonly offset: number;
  /** Objects on this page. */
  readonly shown: number;
  readonly hasMore: boolean;
  readonly onMove: (offset: number) => void;
}

export function Turner({ offset, shown, hasMore, onMove }: Props) {
  if (offset === 0 && !hasMore) return null;
  return (
    <nav class="pager" aria-label="Pages">
      <Button disabled={offset === 0} onClick={() => onMove(Math.max(0, offset - pageSize))}>
        Previous
      </Button>
      <span>{shown === 0 ? 'nothing more' : `${count(offset + 1)} to ${count(offset + shown)}`}</span>
      <Button disabled={!hasMore} onClick={() => onMove(offset + pageSize)}>
        Next
      </Button>
    </nav>
  );
}
