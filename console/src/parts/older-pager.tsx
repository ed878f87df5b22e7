// The buttons below a list that grows at its top: to its older entries, and back to the newest.
import { Button } from './button.tsx';
import type { ListAddress } from './use-address.ts';

interface Props {
  readonly address: ListAddress;
  /** The id of the last entry shown; undefined where there are no older ones. */
  readonly last: string | undefined;
}

export function OlderPager({ address: { query, filter }, last }: Props) {
  return (
    <nav class="pager" aria-label="Pages">
      <Button disabled={!query.before} onClick={() => filter({ before: '' })}>
        Newest
      </Button>
      <Button disabled={last === undefined} onClick={() => filter({ before: last ?? '' })}>
        Older
      </Button>
    </nav>
  );
}
