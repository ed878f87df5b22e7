// Something that the person should know, where it happened.
import type { ComponentChildren } from 'preact';
import type { Tone } from './tone.ts';

export function Notice({ tone, children }: { readonly tone: Tone; readonly children: ComponentChildren }) {
  return (
    <div class={`notice ${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
      {children}
    </div>
  );
}
