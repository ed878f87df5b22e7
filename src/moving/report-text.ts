// The report of an import as people read it: a line for each resource, and what is left to do by hand. Pure.
import type { ImportReport, Move } from './import-account.ts';

/** Nothing of these can be read from the vendor. */
const neverMoved = [
  'sticky senders: no API tells them; everyone is given a number anew, or pin them (Powerpack/{powerpack_uuid}/Sticky/)',
  'opt-outs: no API tells them; import them (OptOut/Import/) before the first message, or people who have said STOP are written to',
  'messages, media and logs: they stay at the vendor',
  'campaigns, verifications and rents: your new carriers need their own',
  'calls: this server has no voice; URLs for calls are stored, and never called',
];

interface Count {
  readonly made: number;
  readonly present: number;
  readonly different: number;
  readonly refused: number;
}

/** Returns how many resources had which end. */
export function countMoves(moves: readonly Move[]): Count {
  const count = (word: Word) => moves.filter((move) => wordOf(move) === word).length;
  return {
    made: count('make'),
    present: count('present'),
    different: count('differs'),
    refused: count('refused'),
  };
}

type Word = 'make' | 'present' | 'differs' | 'refused';

function wordOf({ standing, result }: Move): Word {
  if (standing === 'different') return 'differs';
  if (standing === 'equal' || result?.outcome === 'present') return 'present';
  return result?.outcome === 'refused' ? 'refused' : 'make';
}

/** Returns the lines of a report: the plan after a dry run, else what was done. */
export function reportLines({ moves, notes }: ImportReport, isDryRun: boolean): string[] {
  const { made, present, different, refused } = countMoves(moves);
  const makes = isDryRun ? 'make   ' : 'made   ';
  const lines = moves.map((move) => {
    const word = wordOf(move);
    const { kind, label, owner } = move.resource;
    const whose = owner === undefined ? '' : ` (of ${owner})`;
    return `${word === 'make' ? makes : word.padEnd(7)}  ${kind.padEnd(11)}  ${label}${whose}${detailOf(move)}`;
  });
  return [
    ...lines,
    ...notes.map((note) => `left     ${note}`),
    '',
    `${made} ${isDryRun ? 'to make' : 'made'}, ${present} there already, ${different} there but different, ${refused} refused, ${notes.length} left out or not whole`,
    ...(different > 0 ? ['What differs was left as it is here.'] : []),
    ...(isDryRun ? ['Nothing was changed.'] : []),
    '',
    'Not moved:',
    ...neverMoved.map((line) => `- ${line}`),
  ];
}

function detailOf({ differences, result }: Move): string {
  if (differences.length > 0) {
    const parts = differences.map(({ field, there, here }) =>
      there === here ? `${field} is another one` : `${field} is ${there} there, ${here} here`,
    );
    return `: ${parts.join('; ')}`;
  }
  return result?.outcome === 'refused' ? `: ${result.reason}` : '';
}
