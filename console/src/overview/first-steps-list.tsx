// The way into it for a new account; it ticks itself off.
import { ButtonLink } from '../parts/button.tsx';
import type { Step } from './first-steps.ts';

export function FirstStepsList({ steps }: { readonly steps: readonly Step[] }) {
  if (steps.length === 0) return null;
  const next = steps.findIndex(({ isDone }) => !isDone);
  const done = steps.filter(({ isDone }) => isDone).length;
  return (
    <section class="card" aria-labelledby="first-steps">
      <h2 id="first-steps">
        First steps: {done} of {steps.length} done
      </h2>
      <ol class="steps">
        {steps.map(({ label, why, href, isDone }, place) => (
          <li key={label} class={isDone ? 'done' : ''} aria-current={place === next ? 'step' : undefined}>
            <span class="tick" aria-hidden="true">
              {isDone ? '✓' : place + 1}
            </span>
            <div>
              <a href={href}>{label}</a>
              {isDone && <span class="visually-hidden"> (done)</span>}
              <p class="hint">{why}</p>
            </div>
            {place === next && (
              <ButtonLink kind="primary" href={href}>
                {label}
              </ButtonLink>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
