// The consequences for messages, recipients and replies when a member leaves its pool.
import { counted } from '../parts/format.ts';
import type { Kind } from './pool-address.ts';

export interface Leaving {
  readonly kind: Kind;
  /** Given back as well, not only taken out of the pool. */
  readonly unrents: boolean;
  /** Messages in its queue. */
  readonly queued: number;
  /** Recipients that hear from it, by sticky sender. */
  readonly stickyRecipients: number;
  /** Whether the powerpack says where replies go. */
  readonly hasApplication: boolean;
}

/** Returns one sentence for each consequence. */
export function consequencesOf(leaving: Leaving): readonly string[] {
  const { queued, stickyRecipients } = leaving;
  return [
    afterwards(leaving),
    ...(queued === 0 ? [] : [queueConsequence(leaving)]),
    ...(stickyRecipients === 0
      ? []
      : [
          `${counted(stickyRecipients, 'recipient')} ${stickyRecipients === 1 ? 'loses' : 'lose'} ${stickyRecipients === 1 ? 'its' : 'their'} sticky sender: the next message to them may come from another one.`,
        ]),
    ...replyConsequence(leaving),
  ];
}

function afterwards({ kind, unrents }: Leaving): string {
  if (kind === 'shortcode')
    return 'The short code leaves the pool. It can be added again, here or to another powerpack.';
  if (kind === 'alphanumeric')
    return 'The name leaves the pool and stays with the account. It can be added again.';
  return unrents
    ? 'The number leaves the pool and the account. It is held for the account for a while, 10 days by default; after that anybody may rent it.'
    : 'The number leaves the pool and stays rented. It can be added again, here or to another powerpack.';
}

function queueConsequence({ unrents, queued }: Leaving): string {
  const waiting = `${counted(queued, 'message')} in its queue`;
  return unrents
    ? `${waiting} will fail with code 40, each with its status callback.`
    : `${waiting} will still go out from it.`;
}

function replyConsequence({ kind, unrents, hasApplication }: Leaving): readonly string[] {
  if (kind === 'shortcode' || kind === 'alphanumeric' || !hasApplication) return [];
  return unrents
    ? ['Replies to it no longer arrive.']
    : ["Replies to it go to the number's own application again, no longer to the powerpack's."];
}
