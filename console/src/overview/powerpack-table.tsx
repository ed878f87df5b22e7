// The powerpacks and how they are doing, those with problems first.
import { Badge } from '../parts/badge.tsx';
import { ButtonLink } from '../parts/button.tsx';
import { type Column, DataTable } from '../parts/data-table.tsx';
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
  return (
    <section aria-labelledby="overview-powerpacks">
      <h2 id="overview-powerpacks">Powerpacks</h2>
      <DataTable
        label="Powerpacks"
        rows={byUrgency(powerpacks)}
        pageSize={pageSize}
        columns={columns}
        keyOf={({ powerpack_uuid: uuid }) => uuid}
      />
      {total > pageSize && (
        <p>
          <a href="/console/powerpacks">All {count(total)} powerpacks</a>
        </p>
      )}
    </section>
  );
}

const addressOf = (powerpack: PowerpackQueue): string => `/console/powerpacks/${powerpack.powerpack_uuid}`;

const columns: readonly Column<PowerpackQueue>[] = [
  {
    id: 'name',
    label: 'Name',
    kind: 'name',
    isHeader: true,
    sortBy: ({ name }) => name,
    cell: (powerpack) => <a href={addressOf(powerpack)}>{powerpack.name}</a>,
  },
  {
    id: 'health',
    label: 'Health',
    cell: (powerpack) => {
      const { tone, word } = healthOf(powerpack);
      return <Badge tone={tone}>{word}</Badge>;
    },
  },
  {
    id: 'members',
    label: 'Members',
    kind: 'number',
    sortBy: ({ members }) => members,
    cell: ({ healthy_members: healthy, members }) =>
      healthy < members ? `${count(healthy)} healthy of ${count(members)}` : count(members),
  },
  {
    id: 'waiting',
    label: 'Waiting',
    kind: 'number',
    sortBy: ({ queued }) => queued,
    cell: ({ queued }) => count(queued),
  },
  {
    id: 'oldest',
    label: 'Oldest waits',
    sortBy: ({ oldest_age_seconds: age }) => age,
    cell: ({ oldest_age_seconds: age }) => (age === null ? '–' : duration(age)),
  },
  {
    id: 'segments',
    label: 'Segments today',
    kind: 'number',
    sortBy: ({ segments_today: segments }) => segments,
    cell: (powerpack) => (
      <a
        href={`${addressOf(powerpack)}/traffic`}
        aria-label={`Traffic of ${powerpack.name}: ${count(powerpack.segments_today)} segments today`}
      >
        {count(powerpack.segments_today)}
      </a>
    ),
  },
];
