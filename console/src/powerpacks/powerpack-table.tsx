// The powerpacks of an account, each with its switches and how it stands at the moment.
import type { Schemas } from '../../../client/src/client.ts';
import { Badge } from '../parts/badge.tsx';
import { type Column, DataTable } from '../parts/data-table.tsx';
import { count, duration } from '../parts/format.ts';
import type { ServerOrder } from '../parts/table-model.ts';

type PowerpackQueue = Schemas['PowerpackQueue'];

interface Props {
  readonly powerpacks: readonly PowerpackQueue[];
  /** Names by application id. */
  readonly applications: ReadonlyMap<string, string>;
  readonly order: ServerOrder;
}

export function PowerpackTable({ powerpacks, applications, order }: Props) {
  return (
    <DataTable
      label="Powerpacks"
      rows={powerpacks}
      keyOf={({ powerpack_uuid: uuid }) => uuid}
      columns={columnsOf(applications)}
      serverOrder={order}
    />
  );
}

/** Returns the columns; those that sort have the API's names of the orders. */
const columnsOf = (applications: Props['applications']): readonly Column<PowerpackQueue>[] => [
  {
    id: 'name',
    label: 'Name',
    kind: 'name',
    isHeader: true,
    sortBy: ({ name }) => name,
    cell: ({ powerpack_uuid: uuid, name }) => <a href={`/console/powerpacks/${uuid}`}>{name}</a>,
  },
  {
    id: 'members',
    label: 'Members',
    onPhone: 'line',
    sortBy: ({ members }) => members,
    cell: (queue) => <Health queue={queue} />,
  },
  {
    id: 'queued',
    label: 'Queued',
    kind: 'number',
    sortBy: ({ queued }) => queued,
    cell: ({ queued }) => count(queued),
  },
  {
    id: 'oldest_age_seconds',
    label: 'Oldest waits',
    sortBy: ({ oldest_age_seconds: age }) => age,
    cell: ({ oldest_age_seconds: age }) => (age === null ? '–' : duration(age)),
  },
  {
    id: 'segments_today',
    label: 'Segments today',
    kind: 'number',
    sortBy: ({ segments_today: segments }) => segments,
    cell: ({ segments_today: segments }) => count(segments),
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

function Switches({ powerpack }: { readonly powerpack: PowerpackQueue }) {
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

/** Shows how many members are healthy: all but those of whose finished messages of a day too few were delivered. Says so where too few finished to tell. */
function Health({ queue }: { readonly queue: PowerpackQueue }) {
  const { members, healthy_members: healthy, judged_members: judged } = queue;
  if (members === 0) return <Badge tone="warn">None: cannot send</Badge>;
  return (
    <span class="badges">
      {count(members)}
      {healthy < members ? (
        <Badge tone={healthy === 0 ? 'bad' : 'warn'}>{count(members - healthy)} not healthy</Badge>
      ) : judged === 0 ? (
        <Badge>too few messages</Badge>
      ) : (
        <Badge tone="good">all healthy</Badge>
      )}
    </span>
  );
}
