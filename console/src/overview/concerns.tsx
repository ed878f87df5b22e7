// The problems to look at now.
import type { Concern } from './attention.ts';

/** More are a matter of the list of powerpacks, which has them first. */
const maxShown = 5;

export function Concerns({ concerns }: { readonly concerns: readonly Concern[] }) {
  if (concerns.length === 0) return <p class="notice good">Nothing needs you at the moment.</p>;
  return (
    <ul class="concerns" aria-label="What needs you">
      {concerns.slice(0, maxShown).map(({ tone, sentence, href }) => (
        <li key={sentence} class={`notice ${tone}`}>
          <a href={href}>{sentence}</a>
        </li>
      ))}
    </ul>
  );
}
