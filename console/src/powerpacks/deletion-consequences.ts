// The consequences of a deletion, in words. Pure.
import type { components } from '../../../client/src/schema.ts';
import { count, counted } from '../parts/format.ts';

export type DeletePlan = components['schemas']['DeletePlan'];

interface Consequence {
  readonly what: string;
  readonly words: string;
  /** Whether no restoration brings it back. */
  readonly isFinal: boolean;
}

/**
 * Returns the consequences for everything that belongs to the powerpack. `application` is the name of the one that gets its
 * replies, if one does.
 */
export function consequencesOf(plan: DeletePlan, application: string | undefined): readonly Consequence[] {
  const points: readonly [what: string, words: string][] = [
    ['Members', membersInWords(plan)],
    ['Queued messages', queuedInWords(plan)],
    ['Replies', repliesInWords(plan, application)],
    ['Sticky senders', stickyInWords(plan)],
    ['Sending', 'Refused from now on where it names this powerpack. What was sent keeps its history.'],
    ['Undoing', undoingInWords(plan)],
  ];
  const isFinal = (what: string) => what === 'Queued messages' && plan.queued_messages_failing > 0;
  return points.map(([what, words]) => ({ what, words, isFinal: isFinal(what) }));
}

const poolSize = ({ members }: DeletePlan): number =>
  members.longcodes + members.tollfree + members.shortcodes;

function membersInWords(plan: DeletePlan): string {
  const { longcodes, tollfree, shortcodes } = plan.members;
  if (poolSize(plan) === 0) return 'The pool is empty.';
  const kinds = [
    longcodes > 0 ? counted(longcodes, 'long code') : '',
    tollfree > 0 ? counted(tollfree, 'toll-free number') : '',
    shortcodes > 0 ? counted(shortcodes, 'short code') : '',
  ].filter((kind) => kind !== '');
  const leaving = `${listed(kinds)} ${poolSize(plan) === 1 ? 'leaves' : 'leave'} the pool.`;
  if (!plan.unrent_numbers) return `${leaving} Numbers stay rented and are free for another powerpack.`;
  return plan.numbers_unrented === 0
    ? `${leaving} There is no number to unrent.`
    : `${leaving} ${counted(plan.numbers_unrented, 'number')} ${are(plan.numbers_unrented)} unrented.`;
}

const are = (value: number): string => (value === 1 ? 'is' : 'are');

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

function queuedInWords({ queued_messages: queued, queued_messages_failing: failing }: DeletePlan): string {
  if (queued === 0) return 'None is waiting.';
  if (failing === 0) {
    return queued === 1
      ? '1 message still goes out from the number chosen for it.'
      : `${counted(queued, 'message')} still go out, each from the number chosen for it.`;
  }
  const rest = queued - failing;
  const fails = `${count(failing)} of ${counted(queued, 'message')} ${failing === 1 ? 'fails' : 'fail'} with code 40, each with its status callback.`;
  return rest === 0 ? fails : `${fails} The other ${count(rest)} still ${rest === 1 ? 'goes' : 'go'} out.`;
}

function repliesInWords(plan: DeletePlan, application: string | undefined): string {
  if (poolSize(plan) === 0) return 'There is no number to reply to.';
  if (plan.unrent_numbers && plan.members.shortcodes === 0)
    return 'Numbers that are unrented get no replies any more.';
  const from =
    application === undefined
      ? 'Replies go where they went'
      : `Replies no longer go to “${application}”, but`;
  return application === undefined
    ? `${from}: to each number's own application.`
    : `${from} to each number's own application, if it has one.`;
}

function stickyInWords({ sticky_senders: sticky }: DeletePlan): string {
  return sticky === 0
    ? 'There are none.'
    : `${counted(sticky, 'recipient')} ${sticky === 1 ? 'is' : 'are'} no longer bound to one number (sticky sender). Restoring brings that back.`;
}

function undoingInWords({ restorable_days: days, unrent_numbers: unrent }: DeletePlan): string {
  if (days === 0) return 'Not possible: this server removes deleted powerpacks at once.';
  const until = `For ${counted(days, 'day')} it can be restored with its address, settings and sticky senders`;
  return unrent
    ? `${until}. Unrented numbers are rented again, unless another account took them.`
    : `${until}, and every member that found no other powerpack.`;
}
