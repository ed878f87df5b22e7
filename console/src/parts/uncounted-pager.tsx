// Through a list that the server does not count with its pages: the page before, the page after.
import { count } from './format.ts';
import { PageButtons } from './page-buttons.tsx';
import { pageSize } from './pager.tsx';

interface Props {
  readonly offset: number;
  /** Objects on this page. */
  readonly shown: number;
  /** Of all pages, in words, where it is known. */
  readonly total?: string | undefined;
  readonly hasMore: boolean;
  readonly onMove: (offset: number) => void;
}

export function UncountedPager({ offset, shown, total, hasMore, onMove }: Props) {
  return (
    <PageButtons offset={offset} size={pageSize} hasMore={hasMore} onMove={onMove}>
      {shown === 0 ? 'nothing more' : `${count(offset + 1)} to ${count(offset + shown)}`}
      {shown > 0 && total !== undefined && ` of ${total}`}
    </PageButtons>
  );
}
