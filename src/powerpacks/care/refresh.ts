// Which members of a pool are replaced because too few of their messages arrive. Pure.
import type { Outcomes } from '../selection/limits.ts';

/** From when on a member is replaced, and how many. */
export interface RefreshRules {
  /** Finished messages of the last 24 hours from which on a member is judged. */
  readonly messages: number;
  /** Less than this share of them was delivered. */
  readonly deliveredPercent: number;
  /** Hours after it was added in which a member is not replaced. */
  readonly coolDownHours: number;
  /** The most replacements of a pool in 24 hours. */
  readonly perDay: number;
}

export interface JudgedMember {
  readonly number: string;
  readonly addedAt: Date;
  readonly outcomes: Outcomes;
}

/** Why a member that degrades is not replaced now. */
export type Postponement = 'cool_down' | 'daily_limit' | 'no_replacement';

const hourMs = 3600 * 1000;

/** Returns the members that degrade, the worst first. */
export function degraded<Member extends JudgedMember>(
  members: readonly Member[],
  { messages, deliveredPercent }: RefreshRules,
): Member[] {
  const shareOf = ({ outcomes: { finished, delivered } }: Member) => delivered / finished;
  return members
    .filter(
      ({ outcomes: { finished, delivered } }) =>
        finished >= messages && delivered * 100 < deliveredPercent * finished,
    )
    .sort((one, other) => shareOf(one) - shareOf(other) || (one.number < other.number ? -1 : 1));
}

/** Returns why a member is not replaced now, with so many replacements made already in the last 24 hours. */
export function postponementOf(
  { addedAt }: JudgedMember,
  { coolDownHours, perDay }: RefreshRules,
  replacements: number,
  now: Date,
): Postponement | undefined {
  if (now.getTime() - addedAt.getTime() < coolDownHours * hourMs) return 'cool_down';
  return replacements >= perDay ? 'daily_limit' : undefined;
}
