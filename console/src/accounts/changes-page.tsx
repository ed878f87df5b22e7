// The audit log: who changed what in the account.
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { useResource } from '../live/use-resource.ts';
import { type Column, DataTable } from '../parts/data-table.tsx';
import { Empty } from '../parts/empty.tsx';
import { OlderPager } from '../parts/older-pager.tsx';
import { Loaded, Page } from '../parts/page.tsx';
import { TimeAgo } from '../parts/time-ago.tsx';
import { useAddress } from '../parts/use-address.ts';
import { useSession } from '../session/session.ts';
import { changeInWords, differencesOf, whoInWords } from './change-words.ts';
import { ChangesDownload } from './changes-download.tsx';
import { LogFilters, logQueryOf, noLogFilters } from './log-filters.tsx';

type Entry = Schemas['AuditEntry'];

export function ChangesPage() {
  const { client } = useSession();
  const address = useAddress();
  const query = logQueryOf(address.query);
  const list = useResource(
    `changes ${JSON.stringify(query)}`,
    (signal) => answerOf(client.GET('/Audit/', { params: { query }, signal })),
    ['account', 'subaccounts', 'applications', 'numbers', 'powerpacks', 'campaigns', 'opt_outs', 'carriers'],
    { keepsPrevious: true },
  );
  const isFiltered = Object.keys(query).length > 0;
  return (
    <Page title="Changes" parent={{ href: '/console/account', label: 'Account' }}>
      <p class="quiet">
        Every change by the API, this console and the command line. Messages and callbacks have lists of their
        own.
      </p>
      <LogFilters address={address} noFilters={isFiltered ? noLogFilters : undefined} />
      <Loaded resource={list}>
        {({ meta, objects }) => (
          <>
            {objects.length === 0 ? (
              <div class="card">
                <Empty title={isFiltered ? 'No change matches' : 'No changes yet'}>
                  <p>{isFiltered ? 'Other filters may find some.' : 'The next change is the first.'}</p>
                </Empty>
              </div>
            ) : (
              <DataTable
                label="Changes, the newest first"
                class="changes"
                rows={objects}
                keyOf={({ entry_id: id }) => id}
                columns={columns}
              />
            )}
            {objects.length > 0 && <ChangesDownload filters={query} />}
            <OlderPager address={address} last={meta.next === null ? undefined : objects.at(-1)?.entry_id} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

const columns: readonly Column<Entry>[] = [
  { id: 'at', label: 'When', cell: ({ at }) => <TimeAgo time={at} /> },
  { id: 'who', label: 'Who', cell: (entry) => <span title={entry.who.id}>{whoInWords(entry)}</span> },
  { id: 'what', label: 'What', onPhone: 'line', cell: (entry) => <Change entry={entry} /> },
  { id: 'address', label: 'From', cell: ({ address }) => address ?? '–' },
];

/** Shows what was changed, with what differs at hand. */
function Change({ entry }: { readonly entry: Entry }) {
  const differences = differencesOf(entry);
  if (differences.length === 0) return <>{changeInWords(entry)}</>;
  return (
    <details>
      <summary>{changeInWords(entry)}</summary>
      <DataTable
        label="What differs"
        isPlain
        rows={differences}
        keyOf={({ name }) => name}
        columns={differenceColumns}
      />
    </details>
  );
}

const differenceColumns: readonly Column<ReturnType<typeof differencesOf>[number]>[] = [
  { id: 'name', label: 'Name', kind: 'code', isHeader: true, cell: ({ name }) => name },
  { id: 'before', label: 'Before', cell: ({ before }) => before ?? '–' },
  { id: 'after', label: 'After', cell: ({ after }) => after ?? '–' },
];
