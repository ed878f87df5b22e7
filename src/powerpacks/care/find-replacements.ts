// Finds a number that can take the place of a member: one that the account has, else one that is for sale, of the same area code.
import type { Settings } from '../../base/config.ts';
import type { Reader } from '../../db/db.ts';
import type { Scope } from '../../http/endpoint.ts';
import { listTakenFictitious } from '../../numbers/held-store.ts';
import { holdStart } from '../../numbers/rent-numbers.ts';
import { parseE164 } from '../../telecom/e164.ts';
import { searchInventory } from '../../telecom/inventory.ts';
import { findSpareNumbers, type PoolNumber } from './refresh-store.ts';

/** A number that takes the place of a member, and whether it has to be rented first. */
export interface Replacement {
  readonly number: string;
  readonly isRented: boolean;
}

/** The most candidates that are looked at for one member. */
const maxCandidates = 100;

/** Returns a function that finds a replacement for one member after another, and gives no number twice. */
export async function makeReplacementFinder(
  reader: Reader,
  scope: Scope,
  settings: Settings,
  now: Date,
): Promise<(member: PoolNumber) => Promise<Replacement | undefined>> {
  const given = new Set<string>();
  const taken = settings.sellsInventory
    ? await listTakenFictitious(reader, scope, holdStart(now, settings))
    : undefined;
  return async (member) => {
    const areaCode = parseE164(member.number)?.areaCode;
    const prefix = member.kind === 'longcode' && areaCode !== undefined ? `1${areaCode}` : '';
    const spare = await findSpareNumbers(reader, scope, member, prefix, maxCandidates);
    const own = spare.find((number) => !given.has(number));
    const found =
      own !== undefined
        ? { number: own, isRented: true }
        : taken && forSale(member, areaCode, (number) => taken.has(number) || given.has(number));
    if (found !== undefined) given.add(found.number);
    return found;
  };
}

function forSale(
  { kind, countryIso2 }: PoolNumber,
  areaCode: string | undefined,
  isTaken: (number: string) => boolean,
): Replacement | undefined {
  const { numbers } = searchInventory(
    {
      countryIso2,
      type: kind === 'tollfree' ? 'tollfree' : 'local',
      pattern: kind === 'tollfree' ? undefined : areaCode,
      services: ['sms'],
      limit: 1,
      offset: 0,
    },
    isTaken,
  );
  const [first] = numbers;
  return first && { number: first.number, isRented: false };
}
