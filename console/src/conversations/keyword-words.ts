// The effect of the keywords (STOP, START, HELP) that a recipient may reply with. Pure.
import { phoneNumber } from '../parts/format.ts';

type Scope = 'number' | 'powerpack' | 'account';

const allOf = {
  powerpack: 'every number of this powerpack',
  account: 'every number of this account',
} as const;

interface KeywordEffect {
  readonly keyword: string;
  readonly effect: string;
}

/** Returns the effects for a reply to `number`, one of the account's, in a powerpack with this opt-out scope. */
export function keywordsFor(number: string, scope: Scope): readonly KeywordEffect[] {
  const whom = { number: phoneNumber(number), ...allOf }[scope];
  return [
    {
      keyword: 'STOP',
      effect: `Opts out of ${whom}: what is sent from there fails with error 200. The server confirms it once, and one message of yours may follow within five minutes.`,
    },
    {
      keyword: 'START',
      effect: `Ends the opt-out of ${whom}. The server confirms it, if there was one.`,
    },
    { keyword: 'HELP', effect: 'The server replies with the opt-out instructions. Nothing else changes.' },
  ];
}
