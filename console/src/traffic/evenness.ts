// Is the work shared evenly among the members of a pool? Pure.
import { count, counted } from '../parts/format.ts';

/** Fewer messages for each member say nothing yet: chance alone makes such shares differ. */
const minMessages = 5;
const evenShare = 0.8;
const fairShare = 0.5;
/** From so many members on a tenth at each end does not count: one that was added today says nothing about the others. */
const manyMembers = 10;

/**
 * Returns the evenness in a sentence. `messages` are those of each member, in any order, with a 0 for each that sent none. A pool is even
 * if its quietest member sent at least 80 % of what the busiest did, fairly even with 50 %; of ten and more, the tenth part at each end
 * is left out.
 */
export function describeEvenness(messages: readonly number[]): string {
  const members = messages.length;
  const busiest = Math.max(0, ...messages);
  const quietest = Math.min(...messages);
  const total = messages.reduce((sum, one) => sum + one, 0);
  if (members === 0) return 'There is no member that could send.';
  if (total === 0)
    return `No message from ${members === 1 ? 'the only member' : `any of ${counted(members, 'member')}`}.`;
  if (members === 1) return 'The only member sent everything: another one would share the work.';
  if (total < minMessages * members) {
    return `Too few messages to tell: ${count(total)} from ${counted(members, 'member')}.`;
  }
  const idle = messages.filter((one) => one === 0).length;
  const silence = idle === 0 ? '' : `; ${count(idle)} sent nothing`;
  if (members >= manyMembers) {
    const sorted = messages.toSorted((one, other) => one - other);
    const cut = Math.floor(members / 10);
    const [low = 0, high = 0] = [sorted[cut], sorted[members - 1 - cut]];
    return `${gradeOf(low, high)}: eight of ten members sent ${count(low)} to ${count(high)}; busiest ${count(busiest)}, quietest ${count(quietest)} of ${count(members)}${silence}.`;
  }
  return `${gradeOf(quietest, busiest)}: busiest ${count(busiest)}, quietest ${count(quietest)} of ${count(members)} members${silence}.`;
}

function gradeOf(quietest: number, busiest: number): string {
  if (quietest >= busiest * evenShare || busiest - quietest <= 1) return 'Even';
  return quietest >= busiest * fairShare ? 'Fairly even' : 'Uneven';
}

/** The settings of a powerpack that decide who sends. */
interface Rules {
  readonly sticky_sender: boolean;
  readonly local_connect: boolean;
}

/** Returns why the rules may share the load of these numbers unevenly; `undefined` when the least busy number always sends. */
export function explainUnevenness(rules: Rules, numbers: readonly string[]): string | undefined {
  const reasons = [
    rules.sticky_sender && 'sticky sender keeps each recipient on one number',
    rules.local_connect && "local connect prefers numbers of the recipient's area",
    new Set(numbers.map(kindOf)).size > 1 && 'number priority tries one kind of number before another',
  ].filter((reason) => reason !== false);
  const [first = '', ...others] = reasons;
  if (first === '') return undefined;
  const all =
    others.length === 0 ? first : `${[first, ...others.slice(0, -1)].join(', ')} and ${others.at(-1)}`;
  return `What may prefer some members: ${all}. Among equals the number that is free first sends.`;
}

const tollfree = /^1(800|833|844|855|866|877|888)/;

function kindOf(number: string): 'shortcode' | 'tollfree' | 'longcode' {
  if (number.length <= 6) return 'shortcode';
  return tollfree.test(number) ? 'tollfree' : 'longcode';
}
