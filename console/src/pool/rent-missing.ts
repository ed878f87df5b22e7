// Rents the numbers that an area code lacks, as many as are missing and no more, however often it is repeated.
import { RucksackError } from '../../../client/src/refusal.ts';
import type { components } from '../../../client/src/schema.ts';

/** Numbers of one area code that are to be rented. It remembers what is done, so that a repeat rents only the rest. */
export interface Rental {
  /** The area code; a run names what it works on by this. */
  readonly number: string;
  readonly countryIso2: string;
  /** Numbers that were missing at the start. */
  readonly wanted: number;
  rented: number;
  /** Numbers that were for sale and are not tried yet; the first may be under way. */
  forSale: readonly string[];
}

interface Calls {
  /** Returns some numbers of the area code that are for sale; none when none is left. */
  readonly search: (rental: Rental) => Promise<readonly string[]>;
  /** Rents and adds a number. One that is added already stays as it is. */
  readonly rent: (number: string) => Promise<unknown>;
  /** Aborted, no further number is rented. */
  readonly signal: AbortSignal;
}

/** Returns what is to be rented for area codes. */
export const rentalsOf = (
  areas: readonly Pick<
    components['schemas']['Demand']['areas'][number],
    'area_code' | 'country_iso2' | 'numbers'
  >[],
): readonly Rental[] =>
  areas.map(({ area_code: number, country_iso2: countryIso2, numbers: wanted }) => ({
    number,
    countryIso2,
    wanted,
    rented: 0,
    forSale: [],
  }));

/**
 * Adds what is left of a rental to the pool, each number rented first. One whose request had no certain outcome is the first of a repeat:
 * it may be rented already.
 * @throws Error where fewer are for sale, or the run was stopped; and what `rent` and `search` throw.
 */
export async function rentMissing(rental: Rental, { search, rent, signal }: Calls): Promise<void> {
  while (rental.rented < rental.wanted) {
    if (signal.aborted) throw new Error(`stopped: ${shareOf(rental)} rented`);
    if (rental.forSale.length === 0) rental.forSale = await search(rental);
    const [number, ...others] = rental.forSale;
    if (number === undefined) throw new Error(`only ${shareOf(rental)} could be rented`);
    try {
      await rent(number);
    } catch (error) {
      if (isRefused(error)) rental.forSale = [];
      throw error;
    }
    rental.forSale = others;
    rental.rented += 1;
  }
}

const shareOf = ({ rented, wanted }: Rental): string => `${rented} of ${wanted} numbers`;

/** Returns whether the number cannot be rented, now or later: another was quicker. */
const isRefused = (error: unknown): boolean =>
  error instanceof RucksackError && error.status < 500 && error.status !== 429;
