// What the keywords do that a recipient may answer with. Pure.
import { phoneNumber } from '../parts/format.ts';

export interface KeywordEffect {
  readonly keyword: string;
  readonly effect: string;
}

/** For a reply to `number`, one of ours, in a pool where opting out counts for one number or for all of them. */
export function keywordsFor(number: string, scope: 'number' | 'powerpack'): readonly KeywordEffect[] {
  const whom = scope === 'powerpack' ? 'every number of this powerpack' : phoneNumber(number);
  return [
    {
      keyword: 'STOP',
      effect: `Opts out of ${whom}: what is sent from there fails with error 200. The server confirms it once.`,
    },
    {
      keyword: 'START',
      effect: `Ends the opt-out of ${whom}. The server confirms it, if there was one.`,
    },
    { keyword: 'HELP', effect: 'The server answers how to stop. Nothing else changes.' },
  ];
}
