// A pool at a glance.
import type { Schemas } from '../../../client/src/client.ts';
import { count, counted, duration } from '../parts/format.ts';

export function PoolSummary({ summary }: { readonly summary: Schemas['QueueSummary'] }) {
  const {
    members,
    queued,
    waiting_members: waiting,
    oldest_age_seconds: age,
    segments_today: today,
  } = summary;
  return (
    <dl class="pool-summary">
      <div>
        <dt>Members</dt>
        <dd>{count(members)}</dd>
      </div>
      <div>
        <dt>Messages waiting</dt>
        <dd>
          {count(queued)}
          {queued > 0 && (
            <span class="detail">
              in {counted(waiting, 'queue')}
              {age !== null && `, the oldest for ${duration(age)}`}
            </span>
          )}
        </dd>
      </div>
      <div>
        <dt>Segments sent today</dt>
        <dd>{count(today)}</dd>
      </div>
    </dl>
  );
}
