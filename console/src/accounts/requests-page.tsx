// The log of requests: what was asked of the account, by whom, and what was answered.
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { useResource } from '../live/use-resource.ts';
import { Badge } from '../parts/badge.tsx';
import { Button } from '../parts/button.tsx';
import { Copyable } from '../parts/copyable.tsx';
import { type Column, DataTable } from '../parts/data-table.tsx';
import { Empty } from '../parts/empty.tsx';
import { duration } from '../parts/format.ts';
import { OlderPager } from '../parts/older-pager.tsx';
import { Loaded, Page } from '../parts/page.tsx';
import { Pairs } from '../parts/pairs.tsx';
import { SelectField } from '../parts/select-field.tsx';
import { TimeAgo } from '../parts/time-ago.tsx';
import { type ListAddress, useAddress } from '../parts/use-address.ts';
import { useSession } from '../session/session.ts';
import { LogFilters, logQueryOf, noLogFilters } from './log-filters.tsx';
import {
  callerInWords,
  curlOf,
  errorOf,
  isIncomplete,
  messagesAt,
  pairsOf,
  toneOf,
} from './request-words.ts';

type Entry = Schemas['LoggedRequest'];

const methods = ['GET', 'POST', 'DELETE'] as const;
const answers = {
  refused: { label: 'Refused (400 and more)', query: { status__gte: 400 } },
  done: { label: 'Done (below 400)', query: { status__lt: 400 } },
} as const;

export function RequestsPage() {
  const { client } = useSession();
  const address = useAddress();
  const method = methods.find((known) => known === address.query.method);
  const answer = address.query.answer;
  const query = {
    ...logQueryOf(address.query),
    ...(method && { method }),
    ...(answer === 'refused' || answer === 'done' ? answers[answer].query : {}),
  };
  const list = useResource(
    `requests ${JSON.stringify(query)}`,
    (signal) => answerOf(client.GET('/Request/', { params: { query }, signal })),
    [],
    { keepsPrevious: true },
  );
  const isFiltered = Object.keys(query).length > 0;
  const { api_id: apiId } = address.query;
  return (
    <Page
      title="Requests"
      parent={{ href: '/console/account', label: 'Account' }}
      actions={<Button onClick={list.reload}>Refresh</Button>}
    >
      <p class="quiet">
        What was asked by the API and this console, the newest first. Accepted messages are in the list of
        messages.
      </p>
      <Filters address={address} isFiltered={isFiltered} />
      <Loaded resource={list}>
        {({ meta, objects }) => (
          <>
            {objects.length === 0 ? (
              <div class="card">
                <Empty title={isFiltered ? 'No request matches' : 'No requests yet'}>
                  <NothingFound apiId={apiId} />
                </Empty>
              </div>
            ) : (
              <DataTable
                label="Requests, the newest first"
                class="changes"
                rows={objects}
                keyOf={({ api_id: id }) => id}
                columns={apiId ? openColumns : columns}
              />
            )}
            <OlderPager address={address} last={meta.next === null ? undefined : objects.at(-1)?.api_id} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

interface FiltersProps {
  readonly address: ListAddress;
  readonly isFiltered: boolean;
}

function Filters({ address, isFiltered }: FiltersProps) {
  const { query, filter } = address;
  const noFilters = { ...noLogFilters, method: '', answer: '' };
  return (
    <LogFilters address={address} noFilters={isFiltered ? noFilters : undefined}>
      <SelectField
        label="Method"
        value={query.method ?? ''}
        options={[
          { value: '', label: 'Any' },
          ...methods.map((method) => ({ value: method as string, label: method as string })),
        ]}
        onChange={(method) => filter({ method, before: '' })}
      />
      <SelectField
        label="Answer"
        value={query.answer ?? ''}
        options={[
          { value: '', label: 'Any' },
          ...Object.entries(answers).map(([value, { label }]) => ({ value, label: label as string })),
        ]}
        onChange={(answer) => filter({ answer, before: '' })}
      />
    </LogFilters>
  );
}

/** Shows why a request may not be in the log and, for an `api_id`, where else to look. */
function NothingFound({ apiId }: { readonly apiId: string | undefined }) {
  const messages = apiId ? messagesAt(apiId) : undefined;
  if (messages === undefined) return <p>Requests are kept for some days; reads of this log are left out.</p>;
  return (
    <p>
      A message that was accepted is not in this log:{' '}
      <a href={messages}>the messages accepted in the second of this api_id</a>.
    </p>
  );
}

const columnsWith = (isOpen: boolean): readonly Column<Entry>[] => [
  { id: 'at', label: 'When', cell: ({ at }) => <TimeAgo time={at} /> },
  { id: 'status', label: 'Answer', cell: ({ status }) => <Badge tone={toneOf(status)}>{status}</Badge> },
  {
    id: 'what',
    label: 'What',
    onPhone: 'line',
    cell: (entry) => <Asked entry={entry} isOpen={isOpen} />,
  },
  {
    id: 'who',
    label: 'Who',
    cell: (entry) => <span title={entry.who?.id}>{callerInWords(entry)}</span>,
  },
  { id: 'address', label: 'From', cell: ({ address }) => address },
  { id: 'took', label: 'Took', kind: 'number', cell: ({ duration_ms: ms }) => duration(ms / 1000) },
];
const columns = columnsWith(false);
const openColumns = columnsWith(true);

/** Shows what was asked and why it was refused, with the rest at hand. */
function Asked({ entry, isOpen }: { readonly entry: Entry; readonly isOpen: boolean }) {
  const { method, path, parameters, answer, status } = entry;
  const error = errorOf(entry);
  return (
    <details open={isOpen}>
      <summary>
        <span class="code">
          {method} {path === '' ? 'the account' : path}
        </span>
        {error !== undefined && <span class="hint"> {error}</span>}
      </summary>
      <p class="hint">
        api_id <span class="code">{entry.api_id}</span>
        {entry.client !== null && `, by ${entry.client}`}
      </p>
      {parameters !== null && <Pairs label="Parameters" pairs={pairsOf(parameters)} isCode />}
      {answer !== null && <Pairs label="Answer" pairs={pairsOf(answer)} isCode />}
      <Copyable
        label="The same by curl"
        text={curlOf(entry)}
        {...(isIncomplete(entry) && {
          hint: 'Texts, secrets and long parameters are not stored: put them in.',
        })}
      />
      {status < 300 && method !== 'GET' && (
        <a href={`/console/account/changes?api_id=${entry.api_id}`}>What it changed</a>
      )}
    </details>
  );
}
