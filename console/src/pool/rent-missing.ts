// Renting the numbers that area codes lack, and adding them to the pool.
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { counted } from '../parts/format.ts';
import type { Powerpack } from '../powerpacks/powerpack-frame.tsx';
import { useSession } from '../session/session.ts';
import { usePool } from './use-pool.ts';

/** Numbers of one area code that are to be rented. */
export interface Rental {
  /** The area code; a run names what it works on by this. */
  readonly number: string;
  readonly countryIso2: string;
  readonly numbers: number;
}

/** The most numbers that are looked for at once, as the server lists them. */
const mostListed = 20;

/** Returns what is to be rented for area codes. */
export const rentalsOf = (areas: Schemas['Demand']['areas']): readonly Rental[] =>
  areas.map(({ area_code: number, country_iso2: countryIso2, numbers }) => ({
    number,
    countryIso2,
    numbers: Math.min(numbers, mostListed),
  }));

/** Returns the action that rents and adds the numbers of one area code. It throws where fewer are for sale. */
export function useRentals(powerpack: Powerpack): (rental: Rental) => Promise<void> {
  const { client } = useSession();
  const pool = usePool(powerpack);
  return async ({ number: areaCode, countryIso2, numbers }) => {
    const query = { country_iso: countryIso2, type: 'local', pattern: `1${areaCode}` } as const;
    const { objects } = await answerOf(client.GET('/PhoneNumber/', { params: { query } }));
    for (const { number } of objects.slice(0, numbers)) {
      await pool.addNumber(number, { service: 'mms', rent: true });
    }
    if (objects.length < numbers)
      throw new Error(`only ${counted(objects.length, 'number')} of ${numbers} could be rented`);
  };
}
