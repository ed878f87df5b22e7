// The health of a number in words. Pure.
import type { components } from '../../../client/src/schema.ts';
import { count, percent } from '../parts/format.ts';

type Health = components['schemas']['Queue']['health'];

interface HealthWords {
  readonly word: string;
  readonly tone: 'good' | 'bad' | undefined;
  readonly detail: string;
}

/** Returns the delivery of the messages of the last 24 hours, and the number's health where there are enough to judge it by. */
export function healthWords({ finished, delivered, judged, healthy }: Health): HealthWords {
  if (finished === 0) return { word: 'Idle', tone: undefined, detail: 'no messages in 24 h' };
  const detail = `${percent(delivered / finished)} of ${count(finished)} delivered in 24 h`;
  if (!judged) return { word: 'Too few messages', tone: undefined, detail };
  return healthy ? { word: 'Healthy', tone: 'good', detail } : { word: 'Unhealthy', tone: 'bad', detail };
}
