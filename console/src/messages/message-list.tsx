// Messages page by page: the first page is live, the others show what was there when they were turned to.
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import type { paths } from '../../../client/src/schema.ts';
import { atLeast } from '../live/intervals.ts';
import { type Resource, useResource } from '../live/use-resource.ts';
import { Button, ButtonLink } from '../parts/button.tsx';
import { Empty } from '../parts/empty.tsx';
import { count } from '../parts/format.ts';
import { HeldList } from '../parts/held-list.tsx';
import { Loaded } from '../parts/page.tsx';
import { pageSize } from '../parts/pager.tsx';
import { UncountedPager } from '../parts/uncounted-pager.tsx';
import { useAddress } from '../parts/use-address.ts';
import { useSession } from '../session/session.ts';
import type { Filters } from './message-filters.ts';
import { MessageTable } from './message-table.tsx';

type Query = paths['/Message/']['get']['parameters']['query'];

/** A page of the messages. */
interface MessagePage {
  /** Of the filters and the page. */
  readonly key: string;
  readonly resource: Resource<Schemas['MessageList']>;
  readonly offset: number;
  /** How many messages there are, in words; `undefined` until that is known. */
  readonly total: string | undefined;
  /** Goes to the page that begins behind so many messages. */
  readonly turn: (offset: number) => void;
}

/** Asks for the page of the messages that the address names. */
export function useMessagePage(filters: Filters): MessagePage {
  const { client } = useSession();
  const { offset, filter, move } = useAddress();
  const key = JSON.stringify([filters, offset]);
  const resource = useResource(
    `messages ${key}`,
    (signal) =>
      answerOf(client.GET('/Message/', { params: { query: { ...asQuery(filters), offset } }, signal })),
    ['messages'],
    { keepsPrevious: true },
  );
  const total = useCount(filters);
  const turn = (to: number) => {
    const newest = resource.data?.objects[0]?.message_time;
    if (to > 0 && offset === 0 && newest !== undefined) filter({ upto: newest, offset: String(to) });
    else if (to === 0) filter({ upto: '' });
    else move(to);
  };
  return { key, resource, offset, total, turn };
}

interface Props {
  readonly page: MessagePage;
  readonly filters: Filters;
}

export function MessageList({ page, filters }: Props) {
  const { key, resource, offset, total, turn } = page;
  return (
    <Loaded resource={resource}>
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
              listKey={key}
              isLoading={resource.isLoading}
              size={pageSize}
            >
              {(rows) => <MessageTable messages={rows} />}
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
  );
}

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
