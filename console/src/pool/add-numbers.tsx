// Numbers that were found, to be ticked and added together. What is rented already and what is for sale differ only in where they
// come from.
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Resource } from '../live/use-resource.ts';
import { Button } from '../parts/button.tsx';
import { Failure } from '../parts/failure.tsx';
import { count, counted } from '../parts/format.ts';
import { Loaded } from '../parts/page.tsx';
import { pageSize } from '../parts/pager.tsx';
import { useAction } from '../parts/use-action.ts';
import { keyOfPick, NumberPicker, type Pick } from './number-picker.tsx';
import type { Service } from './pool-address.ts';
import { RunProgress } from './run-progress.tsx';
import { ServiceField } from './service-field.tsx';
import { useOneByOne } from './use-one-by-one.ts';
import { useTicks } from './use-ticks.ts';

export interface Found {
  readonly numbers: readonly Pick[];
  readonly total: number;
}

interface Props {
  readonly label: string;
  readonly found: Resource<Found>;
  readonly offset: number;
  readonly onMove: (offset: number) => void;
  /** Another page of what was found. */
  readonly load: (offset: number) => Promise<Found>;
  /** The text that is shown when nothing was found. */
  readonly nothing: ComponentChildren;
  /** The label of the button: `Add`, `Rent and add`. */
  readonly verb: string;
  readonly add: (number: string, service: Service) => Promise<unknown>;
}

/** The most numbers that one press ticks. */
const mostAtOnce = 500;

export function AddNumbers({ label, found, offset, onMove, load, nothing, verb, add }: Props) {
  const { ticked, tick } = useTicks(keyOfPick);
  const [service, setService] = useState<Service>('mms');
  const run = useOneByOne(({ number }: Pick) => add(number, service));
  const tickMany = useAction(async (total: number) => {
    for (let at = 0; at < Math.min(total, mostAtOnce); at += pageSize) {
      const { numbers } = await load(at);
      tick(numbers, true);
    }
  });
  const start = async (numbers: readonly Pick[]): Promise<void> => {
    // They are begun in order: what was not tried before a stop stays ticked.
    const { done } = await run.start(numbers);
    tick(numbers.slice(0, done), false);
  };

  return (
    <Loaded resource={found}>
      {({ numbers, total }) => (
        <>
          {total === 0 ? (
            nothing
          ) : (
            <>
              <NumberPicker
                label={label}
                numbers={numbers}
                total={total}
                offset={offset}
                onMove={onMove}
                ticked={ticked}
                tick={tick}
                disabled={run.isRunning}
              />
              <div class="filters add-actions">
                <ServiceField service={service} onChange={setService} />
                <Button
                  kind="primary"
                  busy={run.isRunning}
                  disabled={ticked.size === 0}
                  onClick={() => start([...ticked.values()])}
                >
                  {ticked.size === 0 ? `${verb} what is ticked` : `${verb} ${counted(ticked.size, 'number')}`}
                </Button>
                {total > pageSize && (
                  <Button
                    busy={tickMany.isRunning}
                    disabled={run.isRunning}
                    onClick={() => tickMany.run(total)}
                  >
                    {total > mostAtOnce ? `Tick the first ${mostAtOnce}` : `Tick all ${count(total)}`}
                  </Button>
                )}
                {ticked.size > 0 && (
                  <Button
                    kind="quiet"
                    disabled={run.isRunning}
                    onClick={() => tick([...ticked.values()], false)}
                  >
                    Tick none
                  </Button>
                )}
              </div>
              <Failure error={tickMany.error} />
            </>
          )}
          <RunProgress run={run} done="added" onRepeat={start} />
        </>
      )}
    </Loaded>
  );
}
