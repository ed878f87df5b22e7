// Through a list of which the server shows a page at a time.
import { Button } from './button.tsx';
import { count } from './format.ts';

/** Objects that the server shows at once. */
export const pageSize = 20;

interface Props {
  readonly offset: number;
  readonly total: number;
  readonly onMove: (offset: number) => void;
  /** Objects on a page, when it is not the usual number. */
  readonly size?: number;
}

export function Pager({ offset, total, onMove, size = pageSize }: Props) {
  if (total <= size && offset === 0) return null;
  const last = Math.min(offset + size, total);
  return (
    <nav class="pager" aria-label="Pages">
      <Button disabled={offset === 0} onClick={() => onMove(Math.max(0, offset - size))}>
        Previous
      </Button>
      <span>
        {count(Math.min(offset + 1, total))} to {count(last)} of {count(total)}
      </span>
      <Button disabled={last >= total} onClick={() => onMove(offset + size)}>
        Next
      </Button>
    </nav>
  );
}
