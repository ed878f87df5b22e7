// The log of callbacks.
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { useResource } from '../live/use-resource.ts';
import { choiceOf } from '../parts/address.ts';
import { Badge } from '../parts/badge.tsx';
import { Button } from '../parts/button.tsx';
import { type Column, DataTable, RowLink } from '../parts/data-table.tsx';
import { Empty } from '../parts/empty.tsx';
import { digitsIn } from '../parts/format.ts';
import { HeldList } from '../parts/held-list.tsx';
import { Loaded, Page, Together } from '../parts/page.tsx';
import { pageSize } from '../parts/pager.tsx';
import { SelectField } from '../parts/select-field.tsx';
import { TextField } from '../parts/text-field.tsx';
import { TimeAgo } from '../parts/time-ago.tsx';
import { UncountedPager } from '../parts/uncounted-pager.tsx';
import { type ListAddress, useAddress } from '../parts/use-address.ts';
import { useSession } from '../session/session.ts';
import { FailedUrls, useFailedUrls } from './failed-urls.tsx';
import { UrlHealth, useUrlHealth } from './url-health.tsx';
import { kindWords, outcomes, outcomeWords, responseInWords } from './webhook-words.ts';

const outcomeChoices = [
  { value: '', label: 'Any' },
  ...outcomes.map((outcome) => ({ value: outcome, label: outcomeWords[outcome].word })),
];

const noFilters = { outcome: '', message: '', url: '', status: '', number: '' };

const isFiltered = (query: Readonly<Record<string, string>>): boolean =>
  Object.keys(noFilters).some((name) => query[name]);

export function WebhooksPage() {
  const { client } = useSession();
  const address = useAddress();
  const outcome = choiceOf(outcomes, address.query.outcome);
  const { message, url, status, number } = address.query;
  const query = {
    offset: address.offset,
    ...(outcome && { outcome }),
    ...(message && { message_uuid: message }),
    ...(url && { url }),
    ...(status && { status: Number(status) }),
    ...(number && { number }),
  };
  const list = useResource(
    `webhooks ${JSON.stringify(query)}`,
    (signal) => answerOf(client.GET('/Webhook/', { params: { query }, signal })),
    ['webhooks'],
    { keepsPrevious: true },
  );
  const health = useUrlHealth();
  const failed = useFailedUrls();
  return (
    <Page title="Webhooks">
      <p class="quiet">
        Every callback to one of your URLs: for status changes, for inbound messages, and for results of
        requests with a callback URL. Stored for seven days.
      </p>
      <Together resources={[health, failed]}>
        <UrlHealth urls={health.data?.objects ?? []} />
        <FailedUrls
          urls={failed.data?.objects ?? []}
          onChoose={(chosen) => address.filter({ ...noFilters, outcome: 'failed', url: chosen })}
        />
        <Filters address={address} />
        <Loaded resource={list}>
          {({ meta, objects }) => (
            <>
              {objects.length === 0 ? (
                <div class="card">
                  <NoCallbacks isFiltered={isFiltered(address.query)} />
                </div>
              ) : (
                <HeldList
                  rows={objects}
                  keyOf={({ webhook_uuid: uuid }) => uuid}
                  listKey={JSON.stringify(query)}
                  isLoading={list.isLoading}
                  size={pageSize}
                >
                  {(calls) => <CallbackTable calls={calls} />}
                </HeldList>
              )}
              <UncountedPager
                offset={meta.offset}
                shown={objects.length}
                hasMore={meta.next !== null}
                onMove={address.move}
              />
            </>
          )}
        </Loaded>
      </Together>
    </Page>
  );
}

function Filters({ address: { query, filter } }: { readonly address: ListAddress }) {
  return (
    <form class="filters" aria-label="Filters" onSubmit={(event) => event.preventDefault()}>
      <SelectField
        label="Outcome"
        value={query.outcome ?? ''}
        options={outcomeChoices}
        onChange={(outcome) => filter({ outcome })}
      />
      <TextField
        label="Message (its UUID)"
        class="code webhook-message"
        value={query.message ?? ''}
        spellcheck={false}
        onChange={(text) => filter({ message: text.trim() })}
      />
      <TextField
        label="URL"
        class="webhook-message"
        value={query.url ?? ''}
        spellcheck={false}
        onChange={(text) => filter({ url: text.trim() })}
      />
      <TextField
        label="HTTP status"
        inputMode="numeric"
        placeholder="503"
        value={query.status ?? ''}
        maxLength={3}
        onChange={(text) => filter({ status: digitsIn(text) })}
      />
      <TextField
        label="From or to number"
        inputMode="tel"
        value={query.number ?? ''}
        maxLength={40}
        onChange={(text) => filter({ number: text.trim() })}
      />
      {isFiltered(query) && (
        <Button kind="quiet" onClick={() => filter(noFilters)}>
          Show all
        </Button>
      )}
    </form>
  );
}

function NoCallbacks({ isFiltered }: { readonly isFiltered: boolean }) {
  if (isFiltered) {
    return (
      <Empty title="No callback matches">
        <p>Other filters may find some.</p>
      </Empty>
    );
  }
  return (
    <Empty title="No callbacks yet">
      <p>
        <a href="/console/send">Send a message</a> with a callback URL, or give an{' '}
        <a href="/console/applications">application</a> a message URL and send a message to its number.
      </p>
    </Empty>
  );
}

type Call = Schemas['WebhookSummary'];

function CallbackTable({ calls }: { readonly calls: readonly Call[] }) {
  return (
    <DataTable
      label="Callbacks, the newest first"
      class="webhooks"
      rows={calls}
      keyOf={({ webhook_uuid: uuid }) => uuid}
      columns={columns}
    />
  );
}

const columns: readonly Column<Call>[] = [
  {
    id: 'kind',
    label: 'About',
    kind: 'name',
    isHeader: true,
    cell: ({ webhook_uuid: uuid, kind }) => (
      <RowLink href={`/console/webhooks/${uuid}`}>{kindWords[kind]}</RowLink>
    ),
  },
  {
    id: 'outcome',
    label: 'Outcome',
    cell: ({ outcome }) => <Badge tone={outcomeWords[outcome].tone}>{outcomeWords[outcome].word}</Badge>,
  },
  { id: 'queued', label: 'Queued', cell: ({ created_on: time }) => <TimeAgo time={time} /> },
  { id: 'response', label: 'Last response', cell: responseInWords },
  {
    id: 'url',
    label: 'URL',
    onPhone: 'line',
    cell: ({ method, url }) => (
      <span class="webhook-url" title={url}>
        <span class="quiet">{method}</span> {url}
      </span>
    ),
  },
  {
    id: 'attempts',
    label: 'Attempts',
    kind: 'number',
    onPhone: 'none',
    cell: ({ attempts }) => attempts,
  },
  {
    id: 'next',
    label: 'Next attempt',
    cell: ({ next_attempt_on: next }) => next !== null && <TimeAgo time={next} />,
  },
];
