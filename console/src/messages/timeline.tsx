// The steps of a message, one below the other.
import { moment } from '../parts/format.ts';
import type { Step, StepState } from './message-timeline.ts';

const words: Readonly<Record<StepState, string>> = {
  done: 'done',
  current: 'under way',
  open: 'not yet',
  bad: 'went wrong',
};

export function Timeline({ steps }: { readonly steps: readonly Step[] }) {
  return (
    <ol class="timeline" aria-label="Timeline">
      {steps.map((step, index) => (
        // Steps are only ever added and filled in, so their place is what they are.
        <StoryStep key={index} step={step} />
      ))}
    </ol>
  );
}

function StoryStep({ step: { name, state, time, detail } }: { readonly step: Step }) {
  return (
    <li class={state}>
      <p class="timeline-name">
        <strong>{name}</strong> <span class="visually-hidden">({words[state]})</span>
        {time !== undefined && (
          <time class="quiet" dateTime={time}>
            {moment(time)}
          </time>
        )}
      </p>
      {detail !== undefined && detail !== '' && <p>{detail}</p>}
    </li>
  );
}
