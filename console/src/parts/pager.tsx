// Through a list of which the server shows a page at a time.
import { count } from './format.ts';
import { PageButtons } from './page-buttons.tsx';

/** Objects that the server shows at once. */
export const pageSize = 20;

interface Props {
  readonly offset: number;
  readonly total: number;
  readonly onMove: (offset: number) => void;
  /** Objects on a page, when it is not the usual number. */
  readonly size?: number;
  /** The list, where there may be several on the page. */
  readonly of?: string;
}

export function Pager({ offset, total, onMove, size = pageSize, of }: Props) {
  const last = Math.min(offset + size, total);
  return (
    <PageButtons offset={offset} size={size} hasMore={last < total} onMove={onMove} of={of}>
      {count(Math.min(offset + 1, total))} to {count(last)} of {count(total)}
    </PageButtons>
  );
}
