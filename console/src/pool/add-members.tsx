// The ways to add members, and the one that is open.
import { useRef } from 'preact/hooks';
import { Button } from '../parts/button.tsx';
import { AddName } from './add-name.tsx';
import { AddPanel } from './add-panel.tsx';
import { AddRentedNumbers } from './add-rented-numbers.tsx';
import { AddShortcode } from './add-shortcode.tsx';
import { type Adding, adding, narrowed, type PoolView } from './pool-address.ts';
import type { Region } from './regions.ts';
import { RentNumbers } from './rent-numbers.tsx';
import type { PoolCalls } from './use-pool.ts';

interface Props {
  readonly pool: PoolCalls;
  readonly regions: readonly Region[];
  readonly view: PoolView;
  readonly onChange: (view: PoolView) => void;
}

const titles: Readonly<Record<Adding, string>> = {
  rented: 'Add rented numbers',
  rent: 'Rent and add numbers',
  shortcode: 'Add a short code',
  name: 'Add a name',
};

export function AddMembers({ pool, regions, view, onChange }: Props) {
  const buttons = useRef<HTMLDivElement>(null);
  const open = (way: Adding | undefined): void => onChange({ ...view, adding: way });
  const close = (): void => {
    open(undefined);
    buttons.current?.querySelector<HTMLElement>(`[data-adding="${view.adding}"]`)?.focus();
  };
  return (
    <>
      <div class="actions add-ways" ref={buttons}>
        {adding.map((way) => (
          <Button
            key={way}
            data-adding={way}
            aria-expanded={view.adding === way}
            onClick={() => open(view.adding === way ? undefined : way)}
          >
            {titles[way]}
          </Button>
        ))}
      </div>
      {view.adding !== undefined && (
        <AddPanel key={view.adding} title={titles[view.adding]} onClose={close}>
          {view.adding === 'rented' && <AddRentedNumbers pool={pool} onRent={() => open('rent')} />}
          {view.adding === 'rent' && (
            <RentNumbers
              pool={pool}
              regions={regions}
              region={view.region}
              onRegion={(region) => onChange(narrowed(view, { region }))}
            />
          )}
          {view.adding === 'shortcode' && <AddShortcode pool={pool} onDone={close} />}
          {view.adding === 'name' && <AddName pool={pool} onDone={close} />}
        </AddPanel>
      )}
    </>
  );
}
