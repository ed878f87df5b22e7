// The members that the filters leave, a page at a time.
import { useState } from 'preact/hooks';
import type { Schemas } from '../../../client/src/client.ts';
import { Button } from '../parts/button.tsx';
import { Empty } from '../parts/empty.tsx';
import { Pager } from '../parts/pager.tsx';
import { LimitsDialog } from './limits-dialog.tsx';
import type { Member } from './member-words.ts';
import { MembersTable } from './members-table.tsx';
import type { PoolView } from './pool-address.ts';
import { RemoveMember } from './remove-member.tsx';
import type { MemberPage } from './use-members.ts';
import type { PoolCalls } from './use-pool.ts';

interface Props {
  readonly pool: PoolCalls;
  readonly powerpack: Schemas['Powerpack'];
  readonly page: MemberPage;
  readonly isBusy: boolean;
  readonly view: PoolView;
  readonly onChange: (view: PoolView) => void;
}

type Open = { readonly what: 'limits' | 'removal'; readonly member: Member };

export function MemberList({ pool, powerpack, page, isBusy, view, onChange }: Props) {
  const [open, setOpen] = useState<Open>();
  const close = (): void => setOpen(undefined);
  const { members, total } = page;
  return (
    <>
      {total === 0 ? (
        <div class="card">
          <NoMembers
            isPoolEmpty={page.summary.members === 0}
            onRent={() => onChange({ ...view, adding: 'rent' })}
          />
        </div>
      ) : (
        <MembersTable
          members={members}
          isBusy={isBusy}
          onLimit={(member) => setOpen({ what: 'limits', member })}
          onRemove={(member) => setOpen({ what: 'removal', member })}
        />
      )}
      <Pager offset={view.offset} total={total} onMove={(offset) => onChange({ ...view, offset })} />
      {open?.what === 'limits' && <LimitsDialog pool={pool} member={open.member} onClose={close} />}
      {open?.what === 'removal' && (
        <RemoveMember pool={pool} powerpack={powerpack} member={open.member} onClose={close} />
      )}
    </>
  );
}

function NoMembers({ isPoolEmpty, onRent }: { readonly isPoolEmpty: boolean; readonly onRent: () => void }) {
  if (!isPoolEmpty) {
    return (
      <Empty title="No member fits">
        <p>Take a filter away to see more.</p>
      </Empty>
    );
  }
  return (
    <Empty title="The pool is empty">
      <p>A powerpack sends from the numbers of its pool. Without one, messages through it are refused.</p>
      <Button kind="primary" onClick={onRent}>
        Rent and add numbers
      </Button>
    </Empty>
  );
}
