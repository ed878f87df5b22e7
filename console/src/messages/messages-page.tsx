// The messages of an account: why some did not arrive, and all of them, with every filter of the API in the address.
import { useServerNow } from '../live/use-server-now.ts';
import { ButtonLink } from '../parts/button.tsx';
import { Dimmed, Page, Together } from '../parts/page.tsx';
import { useAddress } from '../parts/use-address.ts';
import { CancelWaiting } from './cancel-waiting.tsx';
import { CsvDownload } from './csv-download.tsx';
import { FailureReasons, useFailures } from './failure-reasons.tsx';
import { bucketsFor } from './failures-over-time.ts';
import { failureFiltersOf, filtersOf, rangeOf, withRange } from './message-filters.ts';
import { MessageFiltersForm } from './message-filters-form.tsx';
import { MessageList, useMessagePage } from './message-list.tsx';
import { usePowerpacks } from './use-powerpacks.ts';

export function MessagesPage() {
  const { query, offset, filter } = useAddress();
  const now = useServerNow(everyMs);
  const set = filtersOf(query);
  const range = rangeOf(query);
  const filters = withRange(set, range, now);
  // Pages after the first show what was there when they were turned to: new messages do not push the rows on.
  const anchored =
    offset > 0 && query.upto !== undefined ? { ...filters, message_time__lte: query.upto } : filters;
  const messages = useMessagePage(anchored);
  const powerpacks = usePowerpacks(filters.powerpack_id).data ?? [];
  const failureFilters = failureFiltersOf(filters);
  const failures = useFailures(failureFilters, bucketsFor(filters, now).by);

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
              onFilter={(changes) => filter({ upto: '', message_direction: '', ...changes })}
            />
          </Dimmed>
        )}
        <MessageList page={messages} filters={filters} />
      </Together>
    </Page>
  );
}

/** Ranges that end now move on with the time; milliseconds. */
const everyMs = 60_000;
