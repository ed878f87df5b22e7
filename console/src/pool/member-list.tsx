// The members that the filters leave, a page at a time.
import { useState } from 'preact/hooks';
import type { Schemas } from '../../../client/src/client.ts';
import { Button } from '../parts/button.tsx';
import { Empty } from '../parts/empty.tsx';
import { Failure } from '../parts/failure.tsx';
import { orderOf, orderText } from '../parts/order-text.ts';
import { Pager } from '../parts/pager.tsx';
import { useAction } from '../parts/use-action.ts';
import { DrainDialog } from './drain-dialog.tsx';
import { LimitsDialog } from './limits-dialog.tsx';
import { ManyMembers, type Task } from './many-members.tsx';
import { keyOfMember, type Member } from './member-words.ts';
import { MembersTable } from './members-table.tsx';
import { narrowed, orders, type PoolView } from './pool-address.ts';
import { RemoveMember } from './remove-member.tsx';
import type { MemberPage } from './use-members.ts';
import { useOneByOne } from './use-one-by-one.ts';
import type { PoolCalls } from './use-pool.ts';
import { useTicks } from './use-ticks.ts';

interface Props {
  readonly pool: PoolCalls;
  readonly powerpack: Schemas['Powerpack'];
  readonly page: MemberPage;
  readonly isBusy: boolean;
  readonly view: PoolView;
  readonly onChange: (view: PoolView) => void;
  readonly loadAll: () => Promise<readonly Member[]>;
}

type Open = { readonly what: 'limits' | 'removal' | 'drain'; readonly member: Member };

export function MemberList({ pool, powerpack, page, isBusy, view, onChange, loadAll }: Props) {
  const [open, setOpen] = useState<Open>();
  const ticks = useTicks(keyOfMember);
  const run = useOneByOne(({ member, act }: Task) => act(pool, member));
  const close = (): void => setOpen(undefined);
  const resume = useAction((member: Member) => pool.resume(member));
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
        <>
          <ManyMembers
            pool={pool}
            powerpack={powerpack}
            ticks={ticks}
            total={total}
            loadAll={loadAll}
            run={run}
          />
          <MembersTable
            members={members}
            isBusy={isBusy}
            order={{
              order: view.order,
              onSort: (order) => onChange(narrowed(view, { order: orderOf(orders, orderText(order)) })),
            }}
            ticks={ticks}
            isRunning={run.isRunning}
            onLimit={(member) => setOpen({ what: 'limits', member })}
            onRemove={(member) => setOpen({ what: 'removal', member })}
            onDrain={(member) => setOpen({ what: 'drain', member })}
            onResume={(member) => resume.run(member)}
          />
        </>
      )}
      <Failure error={resume.error} />
      <Pager offset={view.offset} total={total} onMove={(offset) => onChange({ ...view, offset })} />
      {open?.what === 'limits' && <LimitsDialog pool={pool} member={open.member} onClose={close} />}
      {open?.what === 'drain' && <DrainDialog pool={pool} member={open.member} onClose={close} />}
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
