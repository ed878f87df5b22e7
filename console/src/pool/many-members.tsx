// The actions on the ticked members together: removing them, moving them to another pool, and giving them the same limits.
import { useState } from 'preact/hooks';
import type { Schemas } from '../../../client/src/client.ts';
import { Button } from '../parts/button.tsx';
import { Confirm } from '../parts/confirm.tsx';
import { Failure } from '../parts/failure.tsx';
import { count, counted } from '../parts/format.ts';
import { pageSize } from '../parts/pager.tsx';
import { showToast } from '../parts/toasts.tsx';
import { useAction } from '../parts/use-action.ts';
import type { LimitName } from './limit-fields.ts';
import { ManyLimitsDialog } from './many-limits-dialog.tsx';
import type { Member } from './member-words.ts';
import { MoveDialog } from './move-dialog.tsx';
import { RentChoice } from './rent-choice.tsx';
import { RunProgress } from './run-progress.tsx';
import type { Run } from './use-one-by-one.ts';
import type { PoolCalls } from './use-pool.ts';
import type { Ticks } from './use-ticks.ts';

/** The action that is run on each member. */
type MemberAct = (pool: PoolCalls, member: Member) => Promise<unknown>;

interface Props {
  readonly pool: PoolCalls;
  readonly powerpack: Schemas['Powerpack'];
  readonly ticks: Ticks<Member>;
  /** Members that the filters leave. */
  readonly total: number;
  /** Returns all of them, up to a limit. */
  readonly loadAll: () => Promise<readonly Member[]>;
  readonly run: Run<Task>;
}

/** A member with what is done with it. */
export interface Task {
  readonly number: string;
  readonly member: Member;
  readonly act: MemberAct;
  /** In the past: `removed`. */
  readonly done: string;
}

export function ManyMembers({ pool, powerpack, ticks: { ticked, tick }, total, loadAll, run }: Props) {
  const [open, setOpen] = useState<'removal' | 'move' | 'limits'>();
  const tickAll = useAction(async () => tick(await loadAll(), true));
  const close = (): void => setOpen(undefined);
  const start = async (tasks: readonly Task[]): Promise<void> => {
    // They are begun in order: what was not tried before a stop stays ticked.
    const { done } = await run.start(tasks);
    tick(
      tasks.slice(0, done).map(({ member }) => member),
      false,
    );
  };
  const begin = (act: MemberAct, done: string, members = [...ticked.values()]): void => {
    void start(members.map((member) => ({ number: member.number, member, act, done })));
  };
  const isNumber = ({ type }: Member): boolean => type === 'longcode' || type === 'tollfree';
  const numbers = [...ticked.values()].filter(isNumber);
  /** Changes all numbers in one request; short codes and names, of which a pool has few, have requests of their own. */
  const limit = async (limits: Partial<Record<LimitName, string>>): Promise<void> => {
    if (numbers.length > 0) {
      await pool.limitNumbers(
        numbers.map(({ number }) => number),
        limits,
      );
      tick(numbers, false);
      showToast(`${counted(numbers.length, 'number')} changed.`);
    }
    const others = [...ticked.values()].filter((member) => !isNumber(member));
    if (others.length > 0) begin((_, member) => pool.limit(member, limits), 'changed', others);
  };
  const many = counted(ticked.size, 'member');
  return (
    <>
      <section class="filters many" aria-label="Ticked members">
        <span>{ticked.size === 0 ? 'No member is ticked' : `${many} ticked`}</span>
        {total > pageSize && (
          <Button busy={tickAll.isRunning} disabled={run.isRunning} onClick={() => tickAll.run()}>
            Tick all {count(total)}
          </Button>
        )}
        {ticked.size > 0 && (
          <>
            <Button kind="quiet" disabled={run.isRunning} onClick={() => tick([...ticked.values()], false)}>
              Tick none
            </Button>
            <Button disabled={run.isRunning} onClick={() => setOpen('limits')}>
              Limits of {many} …
            </Button>
            <Button disabled={run.isRunning || numbers.length === 0} onClick={() => setOpen('move')}>
              Move {counted(numbers.length, 'number')} …
            </Button>
            <Button disabled={run.isRunning} onClick={() => setOpen('removal')}>
              Remove {many} …
            </Button>
          </>
        )}
      </section>
      <Failure error={tickAll.error} />
      <RunProgress run={run} done={run.progress?.failures[0]?.item.done ?? 'changed'} onRepeat={start} />
      {open === 'limits' && <ManyLimitsDialog title={`Limits of ${many}`} onSave={limit} onClose={close} />}
      {open === 'move' && (
        <MoveDialog
          powerpack={powerpack}
          numbers={numbers.length}
          onMove={(to) => begin((from, { number }) => from.move(number, to), 'moved', numbers)}
          onClose={close}
        />
      )}
      {open === 'removal' && <RemoveMany many={many} onRemove={begin} onClose={close} />}
    </>
  );
}

interface RemoveProps {
  readonly many: string;
  readonly onRemove: (act: MemberAct, done: string) => void;
  readonly onClose: () => void;
}

function RemoveMany({ many, onRemove, onClose }: RemoveProps) {
  const [unrents, setUnrents] = useState(false);
  return (
    <Confirm
      title={`Remove ${many} from the pool?`}
      verb={unrents ? 'Remove and unrent' : 'Remove'}
      onClose={onClose}
      act={async () => onRemove((from, member) => from.remove(member, unrents), 'removed')}
    >
      <RentChoice unrents={unrents} onChange={setUnrents} />
      <ul class="consequences">
        <li>
          {unrents
            ? 'Messages in their queues fail with code 40. The numbers are held for the account for a while, 10 days by default.'
            : 'Messages in their queues still go out from them. The numbers stay rented, and can be added to any powerpack.'}
        </li>
        <li>Recipients lose them as their sticky sender: the next message may come from another one.</li>
      </ul>
    </Confirm>
  );
}
