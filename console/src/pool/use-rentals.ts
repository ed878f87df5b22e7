// Renting the numbers that area codes lack, and adding them to the pool.
import { answerOf } from '../../../client/src/client.ts';
import type { Powerpack } from '../powerpacks/powerpack-frame.tsx';
import { useSession } from '../session/session.ts';
import { type Rental, rentMissing } from './rent-missing.ts';
import { usePool } from './use-pool.ts';

/** Returns the action that rents and adds the numbers of one area code. It throws where fewer are for sale. */
export function useRentals(powerpack: Powerpack): (rental: Rental, signal: AbortSignal) => Promise<void> {
  const { client } = useSession();
  const pool = usePool(powerpack);
  // What is rented is no longer for sale: the first page always shows the next numbers.
  const search = async ({ number: areaCode, countryIso2 }: Rental): Promise<readonly string[]> => {
    const query = { country_iso: countryIso2, type: 'local', pattern: `1${areaCode}` } as const;
    const { objects } = await answerOf(client.GET('/PhoneNumber/', { params: { query } }));
    return objects.map(({ number }) => number);
  };
  const rent = (number: string) => pool.addNumber(number, { service: 'mms', rent: true });
  return (rental, signal) => rentMissing(rental, { search, rent, signal });
}
