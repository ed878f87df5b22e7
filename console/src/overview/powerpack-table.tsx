// The powerpacks and how they are doing, those with problems first.
import { Badge } from '../parts/badge.tsx';
import { ButtonLink } from '../parts/button.tsx';
import { Empty } from '../parts/empty.tsx';
import { count, duration } from '../parts/format.ts';
import { pageSize } from '../parts/pager.tsx';
import { byUrgency, healthOf } from './health.ts';
import type { PowerpackQueue } from './load-overview.ts';

interface Props {
  readonly powerpacks: readonly PowerpackQueue[];
  /** Powerpacks of the account, also those that are not among `powerpacks`. */
  readonly total: number;
}

export function PowerpackTable({ powerpacks, total }: Props) {
  if (total === 0) {
    return (
      <section class="card">
        <Empty title="There is no powerpack yet">
          <p>A powerpack is a set of numbers that send as one.</p>
          <ButtonLink kind="primary" href="/console/powerpacks/new">
            Create a powerpack
          </ButtonLink>
        </Empty>
      </section>
    );
  }
  const shown = byUrgency(powerpacks).slice(0, pageSize);
  return (
    <section aria-labelledby="overview-powerpacks">
      <h2 id="overview-powerpacks">Powerpacks</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled must be reached by the keyboard */}
      <section class="card table" aria-label="Powerpacks, as a table" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Health</th>
              <th scope="col" class="number">
                Members
              </th>
              <th scope="col" class="number">
                Waiting
              </th>
              <th scope="col">Oldest waits</th>
              <th scope="col" class="number">
                Segments today
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((powerpack) => (
              <PowerpackRow key={powerpack.powerpack_uuid} powerpack={powerpack} />
            ))}
          </tbody>
        </table>
      </section>
      {total > shown.length && (
        <p>
          <a href="/console/powerpacks">All {count(total)} powerpacks</a>
        </p>
      )}
    </section>
  );
}

function PowerpackRow({ powerpack }: { readonly powerpack: PowerpackQueue }) {
  const { powerpack_uuid, name, members, healthy_members, queued, oldest_age_seconds } = powerpack;
  const { tone, word } = healthOf(powerpack);
  const href = `/console/powerpacks/${powerpack_uuid}`;
  return (
    <tr>
      <td class="name">
        <a href={href}>{name}</a>
      </td>
      <td>
        <Badge tone={tone}>{word}</Badge>
      </td>
      <td class="number">
        {healthy_members < members
          ? `${count(healthy_members)} healthy of ${count(members)}`
          : count(members)}
      </td>
      <td class="number">{count(queued)}</td>
      <td>{oldest_age_seconds === null ? '–' : duration(oldest_age_seconds)}</td>
      <td class="number">
        <a
          href={`${href}/traffic`}
          aria-label={`Traffic of ${name}: ${count(powerpack.segments_today)} segments today`}
        >
          {count(powerpack.segments_today)}
        </a>
      </td>
    </tr>
  );
}
