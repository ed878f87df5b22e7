// The audit log: who changed what in the account.
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { useResource } from '../live/use-resource.ts';
import { Button } from '../parts/button.tsx';
import { type Column, DataTable } from '../parts/data-table.tsx';
import { Empty } from '../parts/empty.tsx';
import { Loaded, Page } from '../parts/page.tsx';
import { TextField } from '../parts/text-field.tsx';
import { TimeAgo } from '../parts/time-ago.tsx';
import { type ListAddress, useAddress } from '../parts/use-address.ts';
import { useSession } from '../session/session.ts';
import { changeInWords, differencesOf, whoInWords } from './change-words.ts';
import { ChangesDownload } from './changes-download.tsx';

type Entry = Schemas['AuditEntry'];

const noFilters = { api_id: '', who: '', path: '', since: '', before: '' };

export function ChangesPage() {
  const { client } = useSession();
  const address = useAddress();
  const { api_id, who, path, since, before } = address.query;
  const query = {
    ...(api_id && { api_id }),
    ...(who && { who }),
    ...(path && { path__startswith: path }),
    ...(since && { at__gte: since }),
    ...(before && { before }),
  };
  const list = useResource(
    `changes ${JSON.stringify(query)}`,
    (signal) => answerOf(client.GET('/Audit/', { params: { query }, signal })),
    ['account', 'subaccounts', 'applications', 'numbers', 'powerpacks', 'campaigns', 'opt_outs', 'carriers'],
    { keepsPrevious: true },
  );
  const isFiltered = Boolean(api_id || who || path || since || before);
  return (
    <Page title="Changes" parent={{ href: '/console/account', label: 'Account' }}>
      <p class="quiet">
        Every change by the API, this console and the command line. Messages and callbacks have lists of their
        own.
      </p>
      <Filters address={address} isFiltered={isFiltered} />
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
            <nav class="pager" aria-label="Pages">
              <Button disabled={!before} onClick={() => address.filter({ before: '' })}>
                Newest
              </Button>
              <Button
                disabled={meta.next === null}
                onClick={() => address.filter({ before: objects.at(-1)?.entry_id ?? '' })}
              >
                Older
              </Button>
            </nav>
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

function Filters({ address: { query, filter }, isFiltered }: FiltersProps) {
  return (
    <form class="filters" aria-label="Filters" onSubmit={(event) => event.preventDefault()}>
      <TextField
        label="Who (auth id, key id or user)"
        class="code"
        value={query.who ?? ''}
        maxLength={255}
        spellcheck={false}
        onChange={(text) => filter({ who: text.trim(), before: '' })}
      />
      <TextField
        label="Path begins with"
        class="code"
        placeholder="Powerpack/"
        value={query.path ?? ''}
        maxLength={255}
        spellcheck={false}
        onChange={(text) => filter({ path: text.trim(), before: '' })}
      />
      <TextField
        label="Request (api_id)"
        class="code"
        value={query.api_id ?? ''}
        maxLength={36}
        spellcheck={false}
        onChange={(text) => filter({ api_id: text.trim(), before: '' })}
      />
      <TextField
        label="Since (UTC)"
        placeholder="2026-03-14"
        maxLength={40}
        value={query.since ?? ''}
        onChange={(text) => filter({ since: text.trim(), before: '' })}
      />
      {isFiltered && (
        <Button kind="quiet" onClick={() => filter(noFilters)}>
          Show all
        </Button>
      )}
    </form>
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
