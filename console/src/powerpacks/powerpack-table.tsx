// The powerpacks of an account, each with its switches and how it stands at the moment.
import type { Schemas } from '../../../client/src/client.ts';
import { Badge } from '../parts/badge.tsx';
import { type Column, DataTable } from '../parts/data-table.tsx';
import { count, duration } from '../parts/format.ts';

type PowerpackQueue = Schemas['PowerpackQueue'];

interface Props {
  readonly powerpacks: readonly Schemas['Powerpack'][];
  /** By powerpack; those of which nothing is known yet are not in it. */
  readonly queues: ReadonlyMap<string, PowerpackQueue>;
  /** Names by application id. */
  readonly applications: ReadonlyMap<string, string>;
}

export function PowerpackTable({ powerpacks, queues, applications }: Props) {
  return (
    <DataTable
      label="Powerpacks"
      rows={powerpacks}
      keyOf={({ uuid }) => uuid}
      columns={columnsOf((uuid) => queues.get(uuid), applications)}
    />
  );
}

const columnsOf = (
  queueOf: (uuid: string) => PowerpackQueue | undefined,
  applications: Props['applications'],
): readonly Column<Schemas['Powerpack']>[] => [
  {
    id: 'name',
    label: 'Name',
    kind: 'name',
    isHeader: true,
    sortBy: ({ name }) => name,
    cell: ({ uuid, name }) => <a href={`/console/powerpacks/${uuid}`}>{name}</a>,
  },
  {
    id: 'members',
    label: 'Members',
    onPhone: 'line',
    sortBy: ({ uuid }) => queueOf(uuid)?.members,
    cell: ({ uuid }) => <Health queue={queueOf(uuid)} />,
  },
  {
    id: 'queued',
    label: 'Queued',
    kind: 'number',
    sortBy: ({ uuid }) => queueOf(uuid)?.queued,
    cell: ({ uuid }) => counted(queueOf(uuid)?.queued),
  },
  {
    id: 'oldest',
    label: 'Oldest waits',
    sortBy: ({ uuid }) => queueOf(uuid)?.oldest_age_seconds,
    cell: ({ uuid }) => {
      const age = queueOf(uuid)?.oldest_age_seconds ?? null;
      return age === null ? '–' : duration(age);
    },
  },
  {
    id: 'segments',
    label: 'Segments today',
    kind: 'number',
    sortBy: ({ uuid }) => queueOf(uuid)?.segments_today,
    cell: ({ uuid }) => counted(queueOf(uuid)?.segments_today),
  },
  {
    id: 'switches',
    label: 'Switches',
    onPhone: 'line',
    cell: (powerpack) => <Switches powerpack={powerpack} />,
  },
  {
    id: 'replies',
    label: 'Replies go to',
    onPhone: 'line',
    cell: ({ application_id: id }) => <ApplicationLink id={id} names={applications} />,
  },
];

/** Returns a count that may not be known yet. */
const counted = (value: number | undefined): string => (value === undefined ? '' : count(value));

function Switches({ powerpack }: { readonly powerpack: Schemas['Powerpack'] }) {
  return (
    <span class="badges">
      {powerpack.sticky_sender && <Badge>Sticky sender</Badge>}
      {powerpack.local_connect && <Badge>Local connect</Badge>}
      {powerpack.deletion_protection && <Badge tone="info">Protected</Badge>}
    </span>
  );
}

function ApplicationLink({
  id,
  names,
}: {
  readonly id: string;
  readonly names: ReadonlyMap<string, string>;
}) {
  if (id === '') return <span class="quiet">Each number's own</span>;
  return <a href={`/console/applications/${id}`}>{names.get(id) ?? id}</a>;
}

/** Shows how many members are healthy: all but those of whose finished messages of a day too few were delivered. */
function Health({ queue }: { readonly queue: PowerpackQueue | undefined }) {
  if (queue === undefined) return null;
  const { members, healthy_members: healthy } = queue;
  if (members === 0) return <Badge tone="warn">None: cannot send</Badge>;
  return (
    <span class="badges">
      {count(members)}
      {healthy === members ? (
        <Badge tone="good">all healthy</Badge>
      ) : (
        <Badge tone={healthy === 0 ? 'bad' : 'warn'}>{count(members - healthy)} not healthy</Badge>
      )}
    </span>
  );
}
