// Incidents: what is wrong now, and the time line of what was.
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { isSubaccount } from '../accounts/subaccount-choice.tsx';
import { useEvery } from '../live/use-every.ts';
import { useResource } from '../live/use-resource.ts';
import { useServerNow } from '../live/use-server-now.ts';
import { type Column, DataTable } from '../parts/data-table.tsx';
import { Empty } from '../parts/empty.tsx';
import { moment } from '../parts/format.ts';
import { OlderPager } from '../parts/older-pager.tsx';
import { Loaded, Page } from '../parts/page.tsx';
import { TimeAgo } from '../parts/time-ago.tsx';
import { useAddress } from '../parts/use-address.ts';
import { useSession } from '../session/session.ts';
import {
  affectedInWords,
  incidentAddress,
  incidentInWords,
  kindWords,
  lastedInWords,
} from './incident-words.ts';

type Incident = Schemas['Incident'];

/** The server looks each minute. */
const askEveryMs = 30_000;
const mostOpen = 100;

export function IncidentsPage() {
  const { account } = useSession();
  return <Page title="Incidents">{isSubaccount(account) ? <OfMainAccount /> : <Incidents />}</Page>;
}

const OfMainAccount = () => (
  <div class="card">
    <Empty title="Incidents are of the main account">
      <p>Sign in with its credentials to see them.</p>
    </Empty>
  </div>
);

function Incidents() {
  const { client } = useSession();
  const address = useAddress();
  const { before } = address.query;
  const open = useResource('open incidents', (signal) =>
    answerOf(client.GET('/Incident/', { params: { query: { state: 'open', limit: mostOpen } }, signal })),
  );
  const ended = useResource(
    `ended incidents ${before}`,
    (signal) =>
      answerOf(
        client.GET('/Incident/', {
          params: { query: { state: 'ended', ...(before && { before }) } },
          signal,
        }),
      ),
    [],
    { keepsPrevious: true },
  );
  useEvery(askEveryMs, () => {
    open.reload();
    ended.reload();
  });
  return (
    <>
      <Loaded resource={open}>{({ objects }) => <OpenIncidents incidents={objects} />}</Loaded>
      <h2>Over</h2>
      <Loaded resource={ended}>
        {({ meta, objects }) => (
          <>
            {objects.length === 0 ? (
              <div class="card">
                <Empty title="No incidents that are over">
                  <p>The server looks each minute, and keeps what it has seen for 90 days.</p>
                </Empty>
              </div>
            ) : (
              <DataTable
                label="Incidents that are over, the newest first"
                rows={objects}
                keyOf={({ incident_id: id }) => id}
                columns={columns}
              />
            )}
            <OlderPager
              address={address}
              last={meta.next === null ? undefined : objects.at(-1)?.incident_id}
            />
          </>
        )}
      </Loaded>
    </>
  );
}

/** Shows what is wrong now, each a link to what it concerns. */
function OpenIncidents({ incidents }: { readonly incidents: readonly Incident[] }) {
  const nowMs = useServerNow(askEveryMs);
  if (incidents.length === 0) return <p class="notice good">Nothing is wrong at the moment.</p>;
  return (
    <ul class="concerns" aria-label="Open incidents">
      {incidents.map((incident) => (
        <li key={incident.incident_id} class="notice bad">
          <a href={incidentAddress(incident)}>{incidentInWords(incident)}</a> For{' '}
          {lastedInWords(incident, nowMs)}, since {moment(incident.began_at)}.
        </li>
      ))}
    </ul>
  );
}

const columns: readonly Column<Incident>[] = [
  { id: 'began', label: 'Began', cell: ({ began_at: at }) => <TimeAgo time={at} /> },
  { id: 'lasted', label: 'Lasted', cell: (incident) => lastedInWords(incident, 0) },
  { id: 'kind', label: 'Kind', cell: ({ kind }) => kindWords[kind] },
  {
    id: 'what',
    label: 'At its worst',
    onPhone: 'line',
    cell: (incident) => <a href={incidentAddress(incident)}>{incidentInWords(incident)}</a>,
  },
  { id: 'affected', label: 'Concerned', kind: 'number', cell: affectedInWords },
];
