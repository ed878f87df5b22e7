// The messages that wait for their moment, the next first.
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { useResource } from '../live/use-resource.ts';
import { ButtonLink } from '../parts/button.tsx';
import { type Column, DataTable, RowLink } from '../parts/data-table.tsx';
import { Empty } from '../parts/empty.tsx';
import { phoneNumber } from '../parts/format.ts';
import { Loaded, Page } from '../parts/page.tsx';
import { TimeAgo } from '../parts/time-ago.tsx';
import { UncountedPager } from '../parts/uncounted-pager.tsx';
import { useAddress } from '../parts/use-address.ts';
import { useSession } from '../session/session.ts';
import { isoTime } from './message-time.ts';

type Scheduled = Schemas['ScheduledMessage'];

export function ScheduledPage() {
  const { client } = useSession();
  const { offset, move } = useAddress();
  const scheduled = useResource(
    `scheduled ${offset}`,
    (signal) => answerOf(client.GET('/Message/Scheduled/', { params: { query: { offset } }, signal })),
    ['messages'],
    { keepsPrevious: true },
  );
  return (
    <Page title="Scheduled messages" parent={{ href: '/console/messages', label: 'Messages' }}>
      <Loaded resource={scheduled}>
        {({ meta, objects }) =>
          objects.length === 0 && offset === 0 ? (
            <div class="card">
              <Empty title="No message waits for its moment">
                <p>A message can be sent later, up to 35 days ahead.</p>
                <ButtonLink href="/console/send">Send a message</ButtonLink>
              </Empty>
            </div>
          ) : (
            <>
              <DataTable
                label="Scheduled messages, the next first"
                rows={objects}
                keyOf={({ message_uuid: uuid }) => uuid}
                columns={columns}
              />
              <UncountedPager
                offset={meta.offset}
                shown={objects.length}
                total={undefined}
                hasMore={meta.next !== null}
                onMove={move}
              />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

const columns: readonly Column<Scheduled>[] = [
  {
    id: 'to',
    label: 'To',
    kind: 'name',
    isHeader: true,
    cell: ({ message_uuid: uuid, to_number: to }) => (
      <RowLink href={`/console/messages/${uuid}`}>{phoneNumber(to)}</RowLink>
    ),
  },
  { id: 'from', label: 'From', cell: ({ from_number: from }) => phoneNumber(from) },
  { id: 'at', label: 'Goes', cell: ({ send_at: at }) => <TimeAgo time={isoTime(at) ?? ''} /> },
  {
    id: 'reason',
    label: 'Waits for',
    cell: ({ reason }) =>
      reason === 'request' ? 'the moment that the request named' : 'the end of quiet hours',
  },
];
