// The simulator's log: submitted messages, messages to handsets, and delivery reports.
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { useResource } from '../live/use-resource.ts';
import { Badge } from '../parts/badge.tsx';
import { Button } from '../parts/button.tsx';
import { type Column, DataTable } from '../parts/data-table.tsx';
import { Empty } from '../parts/empty.tsx';
import { phoneNumber } from '../parts/format.ts';
import { NumberLink } from '../parts/number-link.tsx';
import { Loaded } from '../parts/page.tsx';
import { Pager } from '../parts/pager.tsx';
import { TimeAgo } from '../parts/time-ago.tsx';
import { useAddress } from '../parts/use-address.ts';
import { useSession } from '../session/session.ts';

type Submission = Schemas['SimulatorSubmission'];

export function SubmissionsSection() {
  const { client } = useSession();
  const { offset, query, filter, move } = useAddress();
  const { message } = query;
  const asked = { offset, ...(message && { message_uuid: message }) };
  const list = useResource(
    `simulator submissions ${JSON.stringify(asked)}`,
    (signal) => answerOf(client.GET('/Simulator/Submission/', { params: { query: asked }, signal })),
    ['simulator', 'messages'],
  );
  return (
    <section aria-labelledby="submissions">
      <h2 id="submissions">What handsets got</h2>
      <p class="quiet">
        The last submissions of your messages, the newest first, with the text as it went on the air. It is
        forgotten when the server stops.{' '}
        {message !== undefined && (
          <Button kind="quiet" onClick={() => filter({ message: '' })}>
            Only those of one message: show all
          </Button>
        )}
      </p>
      <Loaded resource={list}>
        {({ meta, objects }) => (
          <>
            {objects.length === 0 ? (
              <div class="card">
                <Empty title="Nothing was given to the carrier yet">
                  <a href="/console/send">Send a message</a>
                </Empty>
              </div>
            ) : (
              <DataTable
                label="Submissions to the simulator"
                class="submissions"
                rows={objects}
                keyOf={({ message_uuid: uuid, attempt, submitted_at: time }) => `${uuid} ${attempt} ${time}`}
                columns={columns}
              />
            )}
            <Pager offset={offset} total={meta.total_count} onMove={move} />
          </>
        )}
      </Loaded>
    </section>
  );
}

const columns: readonly Column<Submission>[] = [
  {
    id: 'submitted',
    label: 'Submitted',
    cell: ({ message_uuid: uuid, submitted_at: time }) => (
      <a href={`/console/messages/${uuid}`}>
        <TimeAgo time={time} />
      </a>
    ),
  },
  { id: 'from', label: 'From', cell: ({ src }) => <NumberLink number={src} /> },
  { id: 'to', label: 'To', cell: ({ dst }) => phoneNumber(dst) },
  {
    id: 'text',
    label: 'Text',
    onPhone: 'line',
    cell: (submission) => (
      <span class="submission-text">
        <Content submission={submission} />
      </span>
    ),
  },
  {
    id: 'carrier',
    label: 'The carrier',
    cell: ({ failure, attempt }) => (
      <>
        {failure === null ? (
          <Badge tone="good">took it</Badge>
        ) : (
          <Badge tone="bad">{failure.replaceAll('_', ' ')}</Badge>
        )}{' '}
        {attempt > 1 && <span class="quiet">attempt {attempt}</span>}
      </>
    ),
  },
  { id: 'reported', label: 'Reported', cell: ({ reports }) => <Reports reports={reports} /> },
];

function Content({ submission: { type, text, media_urls: media } }: { readonly submission: Submission }) {
  return (
    <>
      {type === 'mms' && <Badge>MMS{media.length > 0 ? `, ${media.length} files` : ''}</Badge>} {text}
    </>
  );
}

function Reports({ reports }: { readonly reports: Submission['reports'] }) {
  if (reports.length === 0) return <span class="quiet">nothing yet</span>;
  return (
    <>
      {reports.map(({ outcome, error_code, reported_at }, index) => (
        <span key={`${reported_at} ${index}`} class="submission-report">
          <Badge tone={outcome === 'delivered' ? 'good' : 'bad'}>
            {outcome}
            {error_code !== null && error_code !== 0 && ` (${error_code})`}
          </Badge>{' '}
          <TimeAgo time={reported_at} />
        </span>
      ))}
    </>
  );
}
