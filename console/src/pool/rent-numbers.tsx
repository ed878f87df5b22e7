// Rents numbers that are for sale and adds them: by state or province, by area code, or toll-free.
import { useState } from 'preact/hooks';
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { typingMs, useDebounced } from '../live/use-debounced.ts';
import { useResource } from '../live/use-resource.ts';
import { Empty } from '../parts/empty.tsx';
import { useSession } from '../session/session.ts';
import { AddNumbers, type Found } from './add-numbers.tsx';
import { type Inventory, searchQuery } from './inventory-search.ts';
import { servicesOf } from './number-picker.tsx';
import { type Region, regionId } from './regions.ts';
import { RentFilters } from './rent-filters.tsx';
import type { PoolCalls } from './use-pool.ts';

interface Props {
  readonly pool: PoolCalls;
  readonly regions: readonly Region[];
  /** The region that the map shows: `US-CA`. */
  readonly region: string | undefined;
  readonly onRegion: (region: string | undefined) => void;
}

export function RentNumbers({ pool, regions, region, onRegion }: Props) {
  const { client } = useSession();
  const [inventory, setInventory] = useState<Inventory>('local');
  const [areaCode, setAreaCode] = useState('');
  const [offset, setOffset] = useState(0);
  const chosen = regions.find((one) => regionId(one) === region);
  const settledCode = useDebounced(areaCode, typingMs);
  const search = searchQuery({ inventory, region: chosen, areaCode: settledCode, regions });
  const load = async (at: number, signal?: AbortSignal): Promise<Found> => {
    const query = { ...search, offset: at };
    const { objects, meta } = await answerOf(
      client.GET('/PhoneNumber/', { params: { query }, ...(signal && { signal }) }),
    );
    return { numbers: objects.map(pickOf), total: meta.total_count };
  };
  const key = JSON.stringify(search);
  const found = useResource(
    `numbers to rent ${key} ${offset}`,
    (signal) => load(offset, signal),
    ['numbers'],
    { keepsPrevious: true },
  );
  const changeAreaCode = (code: string) => {
    setAreaCode(code);
    setOffset(0);
  };

  return (
    <>
      <p class="quiet">
        Rents a number for this account and adds it to the pool: both, or neither. With local connect, a
        recipient hears from a number of the same area code or state.
      </p>
      <RentFilters
        inventory={inventory}
        onInventory={(kind) => {
          setInventory(kind);
          changeAreaCode('');
        }}
        regions={regions}
        region={chosen}
        onRegion={(next) => {
          changeAreaCode('');
          onRegion(next);
        }}
        areaCode={areaCode}
        onAreaCode={changeAreaCode}
      />
      <AddNumbers
        key={inventory}
        label="Numbers for sale"
        found={found}
        offset={offset}
        onMove={setOffset}
        load={load}
        verb="Rent and add"
        add={(number, service) => pool.addNumber(number, { service, rent: true })}
        nothing={
          <Empty title="No such number is for sale">
            <p>
              All of them may be rented already. Try another area code, or bring numbers of your own under{' '}
              <a href="/console/numbers">Numbers</a>.
            </p>
          </Empty>
        }
      />
    </>
  );
}

const pickOf = (
  number: Pick<Schemas['PhoneNumber'], 'number' | 'region' | 'type' | 'sms_enabled' | 'mms_enabled'>,
) => ({
  number: number.number,
  place: number.type === 'tollfree' ? 'Toll-free' : number.region,
  services: servicesOf(number),
});
