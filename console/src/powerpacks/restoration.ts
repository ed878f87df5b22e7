// The result of a restoration, in words. Pure.
import type { components } from '../../../client/src/schema.ts';
import { count, counted, phoneNumber } from '../parts/format.ts';

type Restoration = Pick<
  components['schemas']['Restoration'],
  'name' | 'members_restored' | 'members_lost' | 'numbers_rented_again'
>;

/** Members that did not come back and are named one by one; the others are counted. */
const maxNamed = 5;

export function restorationInWords({
  name,
  members_restored: restored,
  members_lost: lost,
  numbers_rented_again: rentedAgain,
}: Restoration): string {
  const members = restored.length === 0 ? 'without members' : `with ${counted(restored.length, 'member')}`;
  const rented =
    rentedAgain.length === 0
      ? ''
      : `; ${count(rentedAgain.length)} of them ${rentedAgain.length === 1 ? 'was' : 'were'} rented again`;
  return `“${name}” is back ${members}${rented}.${lossInWords(lost)}`;
}

function lossInWords(lost: readonly string[]): string {
  if (lost.length === 0) return '';
  const named = lost.slice(0, maxNamed).map(phoneNumber).join(', ');
  const rest = lost.length > maxNamed ? ` and ${counted(lost.length - maxNamed, 'other')}` : '';
  return ` Not back, because another powerpack or account has it by now: ${named}${rest}.`;
}
