// The list of messages: live, the newest first, with every filter of the API in the address.
import { answerOf } from '../../../client/src/client.ts';
import type { paths } from '../../../client/src/schema.ts';
import { atLeast } from '../live/intervals.ts';
import { useResource } from '../live/use-resource.ts';
import { useServerNow } from '../live/use-server-now.ts';
import { Button, ButtonLink } from '../parts/button.tsx';
import { Empty } from '../parts/empty.tsx';
import { count } from '../parts/format.ts';
import { HeldList } from '../parts/held-list.tsx';
import { Dimmed, Loaded, Page, Together } from '../parts/page.tsx';
import { pageSize } from '../parts/pager.tsx';
import { UncountedPager } from '../parts/uncounted-pager.tsx';
import { useAddress } from '../parts/use-address.ts';
import { useSession } from '../session/session.ts';
import { CancelWaiting } from './cancel-waiting.tsx';
import { CsvDownload } from './csv-download.tsx';
import { FailureReasons, useFailures } from './failure-reasons.tsx';
import { bucketsFor } from './failures-over-time.ts';
import { type Filters, failureFiltersOf, filtersOf, rangeOf, withRange } from './message-filters.ts';
import { MessageFiltersForm } from './message-filters-form.tsx';
import { MessageTable } from './message-table.tsx';
import { usePowerpacks } from './use-powerpacks.ts';

type Query = paths['/Message/']['get']['parameters']['query'];

export function MessagesPage() {
  const { client } = useSession();
  const { query, offset, filter, move } = useAddress();
  const now = useServerNow(everyMs);
  const set = filtersOf(query);
  const range = rangeOf(query);
  const filters = withRange(set, range, now);
  // Pages after the first show what was there when they were turned to: new messages do not push the rows on.
  const anchored =
    offset > 0 && query.upto !== undefined ? { ...filters, message_time__lte: query.upto } : filters;
  const listKey = JSON.stringify([anchored, offset]);
  const powerpacks = usePowerpacks(filters.powerpack_id).data ?? [];
  const messages = useResource(
    `messages ${listKey}`,
    (signal) =>
      answerOf(client.GET('/Message/', { params: { query: { ...asQuery(anchored), offset } }, signal })),
    ['messages'],
    { keepsPrevious: true },
  );
  const total = useCount(anchored);
  const names = new Map(powerpacks.map(({ uuid, name }) => [uuid, name]));
  const failureFilters = failureFiltersOf(filters);
  const failures = useFailures(failureFilters, bucketsFor(filters, now).by);
  const turn = (to: number) => {
    const newest = messages.data?.objects[0]?.message_time;
    if (to > 0 && offset === 0 && newest !== undefined) filter({ upto: newest, offset: String(to) });
    else if (to === 0) filter({ upto: '' });
    else move(to);
  };

  return (
    <Page
      title="Messages"
      actions={
        <>
          {filters.message_state === 'queued' && <CancelWaiting filters={filters} />}
          <ButtonLink href="/console/messages/scheduled">Scheduled</ButtonLink>
          <CsvDownload filters={anchored} />
          <ButtonLink kind="primary" href="/console/send">
            Send a message
          </ButtonLink>
        </>
      }
    >
      <MessageFiltersForm
        filters={set}
        range={range}
        powerpacks={powerpacks}
        onChange={(changes) => filter({ upto: '', ...changes })}
      />
      <Together resources={[failures]}>
        {failureFilters !== undefined && failures.data != null && failures.data.messages > 0 && (
          <Dimmed when={failures.isStale}>
            <FailureReasons
              failures={failures.data}
              filters={failureFilters}
              nowMs={now}
              powerpackNames={names}
              onFilter={(changes) => filter({ upto: '', message_direction: '', ...changes })}
            />
          </Dimmed>
        )}
        <Loaded resource={messages}>
          {({ meta, objects }) => (
            <>
              {objects.length === 0 ? (
                <div class="card">
                  <NoMessages filters={filters} offset={offset} onBack={() => turn(0)} />
                </div>
              ) : (
                <HeldList
                  rows={objects}
                  keyOf={({ message_uuid: uuid }) => uuid}
                  listKey={listKey}
                  isLoading={messages.isLoading}
                  size={pageSize}
                >
                  {(rows) => <MessageTable messages={rows} powerpackNames={names} />}
                </HeldList>
              )}
              <UncountedPager
                offset={meta.offset}
                shown={objects.length}
                total={total}
                hasMore={meta.next !== null}
                onMove={turn}
              />
            </>
          )}
        </Loaded>
      </Together>
    </Page>
  );
}

/** Ranges that end now move on with the time; milliseconds. */
const everyMs = 60_000;

/** Returns how many messages the filters leave, in words; `undefined` until that is known. */
function useCount(filters: Filters): string | undefined {
  const { client } = useSession();
  const { data } = useResource(
    `message count ${JSON.stringify(filters)}`,
    (signal) => answerOf(client.GET('/Message/Count/', { params: { query: asQuery(filters) }, signal })),
    ['messages'],
    { interval: atLeast(3000) },
  );
  return data && `${data.complete ? '' : 'more than '}${count(data.count)}`;
}

/** Returns the filters as a query. The server judges their values, and its sentence is shown. */
const asQuery = (filters: object) => filters as unknown as NonNullable<Query>;

interface NoMessagesProps {
  readonly filters: Filters;
  readonly offset: number;
  readonly onBack: () => void;
}

function NoMessages({ filters, offset, onBack }: NoMessagesProps) {
  if (offset > 0) {
    return (
      <Empty title="The list ends before this page">
        <Button onClick={onBack}>Back to the newest</Button>
      </Empty>
    );
  }
  const { message_time__gte: from, message_time__lt: until, ...others } = filters;
  const isTimed = from !== undefined || until !== undefined;
  const isFiltered = Object.keys(others).length > 0;
  return (
    <Empty title={isTimed ? 'No message in this time' : 'No message in the last 24 hours'}>
      <p>
        {isFiltered ? 'None that these filters let through. ' : ''}
        {isTimed
          ? 'Messages are stored for 90 days.'
          : 'Set “From” to look further back: messages are stored for 90 days.'}
      </p>
      {isFiltered || isTimed ? (
        <ButtonLink href="/console/messages">Clear the filters</ButtonLink>
      ) : (
        <ButtonLink href="/console/send">Send a message</ButtonLink>
      )}
    </Empty>
  );
}
