// The state of a message, in a word.
import { Badge } from '../parts/badge.tsx';
import type { Tone } from '../parts/tone.ts';

const tones: Readonly<Record<string, Tone>> = {
  queued: 'info',
  sent: 'info',
  received: 'info',
  delivered: 'good',
  undelivered: 'bad',
  failed: 'bad',
};

export function StateBadge({ state }: { readonly state: string }) {
  return <Badge tone={tones[state]}>{state}</Badge>;
}
