// The powerpacks of an account, each with its switches and how it stands at the moment.
import type { Schemas } from '../../../client/src/client.ts';
import { Badge } from '../parts/badge.tsx';
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
    <div class="card table">
      <table>
        <caption class="visually-hidden">Powerpacks</caption>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Members</th>
            <th scope="col" class="number">
              Queued
            </th>
            <th scope="col">Oldest waits</th>
            <th scope="col" class="number">
              Segments today
            </th>
            <th scope="col">Switches</th>
            <th scope="col">Replies go to</th>
          </tr>
        </thead>
        <tbody>
          {powerpacks.map((powerpack) => (
            <tr key={powerpack.uuid}>
              <th scope="row" class="name">
                <a href={`/console/powerpacks/${powerpack.uuid}`}>{powerpack.name}</a>
              </th>
              <QueueCells queue={queues.get(powerpack.uuid)} />
              <td>
                <Switches powerpack={powerpack} />
              </td>
              <td>
                <ApplicationLink id={powerpack.application_id} names={applications} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

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

function QueueCells({ queue }: { readonly queue: PowerpackQueue | undefined }) {
  if (queue === undefined) return <td colSpan={4} />;
  return (
    <>
      <td>
        <Health queue={queue} />
      </td>
      <td class="number">{count(queue.queued)}</td>
      <td>{queue.oldest_age_seconds === null ? '–' : duration(queue.oldest_age_seconds)}</td>
      <td class="number">{count(queue.segments_today)}</td>
    </>
  );
}

/** Shows how many members are healthy: all but those of whose finished messages of a day too few were delivered. */
function Health({ queue: { members, healthy_members: healthy } }: { readonly queue: PowerpackQueue }) {
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
