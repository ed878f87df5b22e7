// Which recipients would move from which member to which, so that members that are drained, aside or sick keep none. Pure.
import { parseE164 } from '../../telecom/e164.ts';
import type { OptOut } from '../opt-outs/opt-out.ts';
import type { Candidate } from '../selection/candidate.ts';
import { selectSender } from '../selection/select-sender.ts';
import type { SendingRules } from '../selection/selection-rule.ts';
import { SenderPool } from '../selection/sender-pool.ts';

/** A recipient, and the sender queue of the member that it is mapped to. */
export interface Mapping {
  readonly destination: string;
  readonly queue: string;
}

/** A recipient that gets another member. */
export interface Move {
  readonly destination: string;
  readonly from: Candidate;
  readonly to: Candidate;
}

/** Returns whether the recipients of a member are to get another one. */
export const isLeft = ({ standing, healthy }: Candidate): boolean => standing !== 'active' || !healthy;

/** The state of a pool that moves are chosen by. */
interface MovingPool {
  readonly rules: SendingRules;
  readonly members: readonly Candidate[];
  /** Recipients of each member, by its sender queue. */
  readonly recipients: ReadonlyMap<string, number>;
  readonly optOutsOf: (destination: string) => readonly OptOut[];
}

/**
 * Returns the moves of the mappings: to the member that the powerpack would choose for a new recipient, where of equal ones the one with the
 * fewest recipients counts as the least busy. A recipient stays where none fits, where only another member that is left would, and, on a
 * member that is not left, where that would not even out the numbers of recipients.
 */
export function planMoves(
  { rules, members, recipients, optOutsOf }: MovingPool,
  mappings: readonly Mapping[],
  now: Date,
): Move[] {
  // Recipients take the place of segments, which decide between members that are free.
  const pool = new SenderPool(
    members.map((member) => ({
      ...member,
      freeAtMs: 0,
      segmentsToday: recipients.get(member.queue) ?? 0,
      dailySegments: undefined,
      warmUpLimit: null,
    })),
  );
  const moves: Move[] = [];
  for (const { destination, queue } of mappings) {
    const from = pool.find(queue);
    const place = parseE164(destination);
    if (from === undefined || place === undefined) continue;
    const query = {
      destination: place,
      service: from.services.includes('mms') ? ('mms' as const) : ('sms' as const),
      // Recipients are never mapped to a name.
      takesNames: false,
      segments: 1,
      waits: false,
      sticky: undefined,
      optOuts: optOutsOf(destination),
    };
    const selection = selectSender(rules, pool, query, now);
    if (selection.kind === 'none' || selection.optedOut) continue;
    const to = selection.candidate;
    if (to.queue === queue || isLeft(to)) continue;
    if (!isLeft(from) && to.segmentsToday + 1 >= from.segmentsToday) continue;
    moves.push({ destination, from, to });
    pool.setLoad(queue, { segmentsToday: from.segmentsToday - 1 });
    pool.setLoad(to.queue, { segmentsToday: to.segmentsToday + 1 });
  }
  return moves;
}

/** Moves from one member to another one. */
interface Flow {
  readonly from: Candidate;
  readonly to: Candidate;
  readonly recipients: number;
}

/** Returns how many recipients move from which member to which, the most first. */
export function flowsOf(moves: readonly Move[]): Flow[] {
  const flows = new Map<string, Flow>();
  for (const { from, to } of moves) {
    const key = `${from.queue} ${to.queue}`;
    flows.set(key, { from, to, recipients: (flows.get(key)?.recipients ?? 0) + 1 });
  }
  return [...flows.values()].sort(
    (one, other) =>
      other.recipients - one.recipients ||
      one.from.numberOrder - other.from.numberOrder ||
      one.to.numberOrder - other.to.numberOrder,
  );
}
