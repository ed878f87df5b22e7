// A pool at a glance.
import type { Schemas } from '../../../client/src/client.ts';
import { count, counted, duration } from '../parts/format.ts';

/** Shows the summary; keeps its space before the figures are there. */
export function PoolSummary({ summary }: { readonly summary: Schemas['QueueSummary'] | undefined }) {
  return (
    <dl class="pool-summary">
      <div>
        <dt>Members</dt>
        <dd>{figure(summary?.members)}</dd>
      </div>
      <div>
        <dt>Messages waiting</dt>
        <dd>
          {figure(summary?.queued)}
          {summary !== undefined && summary.queued > 0 && <span class="detail">{waitingWords(summary)}</span>}
        </dd>
      </div>
      <div>
        <dt>Segments sent today</dt>
        <dd>{figure(summary?.segments_today)}</dd>
      </div>
    </dl>
  );
}

const figure = (value: number | undefined): string => (value === undefined ? '…' : count(value));

function waitingWords({
  waiting_members: waiting,
  oldest_age_seconds: age,
}: Schemas['QueueSummary']): string {
  const where = `in ${counted(waiting, 'queue')}`;
  return age === null ? where : `${where}, the oldest for ${duration(age)}`;
}
