// How a powerpack is doing, in a word, and which comes first. Pure.

/** How bad it is, as colours say it. */
export type Tone = 'good' | 'warn' | 'bad';

export interface QueueFigures {
  readonly members: number;
  readonly healthy_members: number;
  readonly judged_members: number;
  readonly queued: number;
  readonly oldest_age_seconds: number | null;
}

interface Health {
  /** `undefined` where it cannot be said. */
  readonly tone: Tone | undefined;
  readonly word: string;
  /** Higher is worse. */
  readonly urgency: number;
}

/** A message that has waited for so long is late for its reader. */
export const longWaitSeconds = 300;

export function healthOf(figures: QueueFigures): Health {
  const { members, healthy_members, judged_members, oldest_age_seconds } = figures;
  if (members === 0) return { tone: 'warn', word: 'No members', urgency: 2 };
  if (healthy_members === 0) return { tone: 'bad', word: 'Unhealthy', urgency: 4 };
  if (healthy_members < members) return { tone: 'warn', word: 'Partly unhealthy', urgency: 3 };
  if ((oldest_age_seconds ?? 0) >= longWaitSeconds) return { tone: 'warn', word: 'Long queue', urgency: 1 };
  if (judged_members === 0) return { tone: undefined, word: 'Too few messages', urgency: 0 };
  return { tone: 'good', word: 'Healthy', urgency: 0 };
}

/** Returns the powerpacks with problems first; the others in their order. */
export const byUrgency = <Figures extends QueueFigures>(powerpacks: readonly Figures[]): Figures[] =>
  powerpacks.toSorted((one, other) => healthOf(other).urgency - healthOf(one).urgency);

/** Returns the queues of all powerpacks together. */
export function waitingIn(powerpacks: readonly QueueFigures[]): {
  readonly queued: number;
  readonly oldestSeconds: number | undefined;
} {
  const ages = powerpacks.flatMap(({ oldest_age_seconds }) => oldest_age_seconds ?? []);
  return {
    queued: powerpacks.reduce((sum, { queued }) => sum + queued, 0),
    oldestSeconds: ages.length === 0 ? undefined : Math.max(...ages),
  };
}
