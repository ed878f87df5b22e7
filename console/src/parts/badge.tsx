// A word with a colour; the colour never says more than the word.
import type { ComponentChildren } from 'preact';
import type { Tone } from './tone.ts';

export function Badge({
  tone,
  children,
}: {
  readonly tone?: Tone | undefined;
  readonly children: ComponentChildren;
}) {
  return <span class={tone === undefined ? 'badge' : `badge ${tone}`}>{children}</span>;
}
