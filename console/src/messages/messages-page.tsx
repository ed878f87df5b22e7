// The list of messages: live, the newest first, with every filter of the API in the address.
import { answerOf } from '../../../client/src/client.ts';
import type { paths } from '../../../client/src/schema.ts';
import { usePreviousData } from '../live/use-previous-data.ts';
import { useResource } from '../live/use-resource.ts';
import { Button, ButtonLink } from '../parts/button.tsx';
import { Empty } from '../parts/empty.tsx';
import { Loaded, Page } from '../parts/page.tsx';
import { UncountedPager } from '../parts/uncounted-pager.tsx';
import { useAddress } from '../parts/use-address.ts';
import { useSession } from '../session/session.ts';
import { type Filters, filtersOf } from './message-filters.ts';
import { MessageFiltersForm } from './message-filters-form.tsx';
import { MessageTable } from './message-table.tsx';
import { usePowerpacks } from './use-powerpacks.ts';

type Query = paths['/Message/']['get']['parameters']['query'];

export function MessagesPage() {
  const { client } = useSession();
  const { query, offset, filter, move } = useAddress();
  const filters = filtersOf(query);
  const powerpacks = usePowerpacks(filters.powerpack_id).data ?? [];
  const answer = useResource(
    JSON.stringify([filters, offset]),
    (signal) =>
      answerOf(client.GET('/Message/', { params: { query: { ...asQuery(filters), offset } }, signal })),
    ['messages'],
  );
  const messages = usePreviousData(answer);
  const names = new Map(powerpacks.map(({ uuid, name }) => [uuid, name]));

  return (
    <Page
      title="Messages"
      actions={
        <ButtonLink kind="primary" href="/console/send">
          Send a message
        </ButtonLink>
      }
    >
      <MessageFiltersForm filters={filters} powerpacks={powerpacks} onChange={filter} />
      <Loaded resource={messages}>
        {({ meta, objects }) => (
          <>
            {objects.length === 0 ? (
              <div class="card">
                <NoMessages filters={filters} offset={offset} onBack={() => move(0)} />
              </div>
            ) : (
              <MessageTable messages={objects} powerpackNames={names} />
            )}
            <UncountedPager
              offset={offset}
              shown={objects.length}
              hasMore={meta.next !== null}
              onMove={move}
            />
          </>
        )}
      </Loaded>
    </Page>
  );
}

/** Returns the filters as a query. The server judges their values, and its sentence is shown. */
const asQuery = (filters: Filters) => filters as unknown as NonNullable<Query>;

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
