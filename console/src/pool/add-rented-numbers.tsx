// Adds numbers that the account rents and that are in no powerpack.
import { useState } from 'preact/hooks';
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { typingMs, useDebounced } from '../live/use-debounced.ts';
import { useResource } from '../live/use-resource.ts';
import { Button } from '../parts/button.tsx';
import { Empty } from '../parts/empty.tsx';
import { digitsOf } from '../parts/format.ts';
import { TextField } from '../parts/text-field.tsx';
import { useSession } from '../session/session.ts';
import { AddNumbers, type Found } from './add-numbers.tsx';
import { servicesOf } from './number-picker.tsx';
import type { PoolCalls } from './use-pool.ts';

interface Props {
  readonly pool: PoolCalls;
  /** Leads to the numbers that are for sale. */
  readonly onRent: () => void;
}

export function AddRentedNumbers({ pool, onRent }: Props) {
  const { client } = useSession();
  const [typed, setTyped] = useState('');
  const search = useDebounced(typed, typingMs);
  const [offset, setOffset] = useState(0);
  const load = async (at: number, signal?: AbortSignal): Promise<Found> => {
    const query = { pooled: false, offset: at, ...(search !== '' && { number_startswith: search }) };
    const { objects, meta } = await answerOf(
      client.GET('/Number/', { params: { query }, ...(signal && { signal }) }),
    );
    return { numbers: objects.map(pickOf), total: meta.total_count };
  };
  const found = useResource(
    `numbers without pool ${search} ${offset}`,
    (signal) => load(offset, signal),
    ['numbers'],
    { keepsPrevious: true },
  );

  return (
    <>
      <p class="quiet">
        Numbers of this account that are in no powerpack. A number belongs to one powerpack at most.
      </p>
      <TextField
        label="Numbers that begin with"
        hint="With the country code: 1415 for San Francisco."
        class="short"
        type="search"
        inputMode="tel"
        value={typed}
        onInput={(text) => {
          setTyped(digitsOf(text));
          setOffset(0);
        }}
      />
      <AddNumbers
        label="Rented numbers in no powerpack"
        found={found}
        offset={offset}
        onMove={setOffset}
        load={load}
        verb="Add"
        add={(number, service) => pool.addNumber(number, { service, rent: false })}
        nothing={
          search === '' ? (
            <Empty title="All rented numbers are in a powerpack">
              <p>Rent some: they are added to this pool in the same step.</p>
              <Button onClick={onRent}>Rent and add numbers</Button>
            </Empty>
          ) : (
            <Empty title="No free number begins so">
              <p>It may be in a powerpack already, or not rented.</p>
            </Empty>
          )
        }
      />
    </>
  );
}

const pickOf = (number: Pick<Schemas['Number'], 'number' | 'region' | 'sms_enabled' | 'mms_enabled'>) => ({
  number: number.number,
  place: number.region,
  services: servicesOf(number),
});
