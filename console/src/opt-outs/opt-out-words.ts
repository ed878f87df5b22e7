// Opt-outs in words. Pure.
import type { components } from '../../../client/src/schema.ts';
import { phoneNumber } from '../parts/format.ts';

type Schemas = components['schemas'];
type Place = Pick<Schemas['OptOut'], 'scope' | 'number'>;

/** Returns what an opt-out blocks. */
export function blockedInWords({ scope, number }: Place): string {
  if (scope === 'account') return 'Every number of the account';
  if (scope === 'powerpack') return 'A whole powerpack';
  return number === null ? 'One number' : phoneNumber(number);
}

type Cause = Pick<Schemas['OptOut'], 'source' | 'author'>;

/** Returns where an opt-out, or a change of one, comes from. */
export function sourceInWords({ source, author }: Cause): string {
  if (source === 'message') return 'the person';
  const by = author === null ? '' : ` (${author})`;
  return source === 'api' ? `by hand${by}` : `a file${by}`;
}

export const changeWords: Readonly<Record<Schemas['OptOutChange']['change'], string>> = {
  added: 'Opted out',
  widened: 'Opted out of more',
  narrowed: 'Opted in to some',
  removed: 'Opted in',
};
