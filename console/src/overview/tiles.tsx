// The figures of this moment, each with the page that says more.
import { count, duration, percent } from '../parts/format.ts';
import { finishedOf, totalOf } from '../traffic/sentences.ts';
import { waitingIn } from './health.ts';
import type { CallbackCount, Overview } from './load-overview.ts';

interface Tile {
  readonly label: string;
  readonly figure: string;
  readonly detail: string;
  readonly href: string;
}

export function Tiles({ overview }: { readonly overview: Overview }) {
  return (
    <ul class="figures" aria-label="Figures of this moment">
      {tilesOf(overview).map(({ label, figure, detail, href }) => (
        <li key={label}>
          <a class="card figure" href={href}>
            <span class="figure-label">{label}</span>
            <span class="figure-value">{figure}</span>
            <span class="hint">{detail}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}

function tilesOf({ powerpacks, traffic, failedCallbacks, pendingCallbacks }: Overview): readonly Tile[] {
  const total = totalOf(traffic.buckets);
  const finished = finishedOf(total);
  const lost = total.undelivered + total.failed;
  const { queued, oldestSeconds } = waitingIn(powerpacks);
  return [
    {
      label: 'Accepted, last hour',
      figure: count(total.accepted),
      detail: `${count(total.delivered)} delivered, ${count(total.received)} received`,
      href: '/console/messages?range=hour',
    },
    {
      label: 'Did not arrive, last hour',
      figure: finished === 0 ? '–' : percent(lost / finished),
      detail: `${count(total.undelivered)} undelivered, ${count(total.failed)} failed of ${count(finished)} finished`,
      href: '/console/messages?message_direction=outbound&range=hour',
    },
    {
      label: 'Waiting in queues',
      figure: count(queued),
      detail: oldestSeconds === undefined ? 'No message waits' : `The oldest for ${duration(oldestSeconds)}`,
      href: '/console/messages?message_state=queued',
    },
    {
      label: 'Failed callbacks',
      figure: figureOf(failedCallbacks),
      detail: `${figureOf(pendingCallbacks)} pending`,
      href: '/console/webhooks?outcome=failed',
    },
  ];
}

const figureOf = ({ callbacks, hasMore }: CallbackCount): string =>
  `${count(callbacks)}${hasMore ? '+' : ''}`;
