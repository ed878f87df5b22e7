// The people who have opted out.
import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso/router';
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { useResource } from '../live/use-resource.ts';
import { choiceOf } from '../parts/address.ts';
import { Button } from '../parts/button.tsx';
import { Empty } from '../parts/empty.tsx';
import { Failure } from '../parts/failure.tsx';
import { digitsOf } from '../parts/format.ts';
import { Loaded, Page } from '../parts/page.tsx';
import { SelectField } from '../parts/select-field.tsx';
import { TextField } from '../parts/text-field.tsx';
import { UncountedPager } from '../parts/uncounted-pager.tsx';
import { useAction } from '../parts/use-action.ts';
import { type ListAddress, useAddress } from '../parts/use-address.ts';
import { useSession } from '../session/session.ts';
import { AddDialog } from './add-dialog.tsx';
import { exportCsv } from './export-csv.ts';
import { ImportDialog } from './import-dialog.tsx';
import { ImportReport } from './import-report.tsx';
import { OptOutTable } from './opt-out-table.tsx';

const scopes = ['number', 'powerpack', 'account'] as const;
const sources = ['message', 'api', 'import'] as const;

const scopeChoices = [
  { value: '', label: 'Any' },
  { value: 'number', label: 'One number' },
  { value: 'powerpack', label: 'A powerpack' },
  { value: 'account', label: 'The account' },
];
const sourceChoices = [
  { value: '', label: 'Any' },
  { value: 'message', label: 'The person' },
  { value: 'api', label: 'By hand' },
  { value: 'import', label: 'A file' },
];

/** The dialog that is open in front of the page. */
type Open =
  | { readonly what: 'add' | 'import' }
  | { readonly what: 'report'; readonly report: Schemas['ImportedOptOuts'] };

export function OptOutsPage() {
  const { client } = useSession();
  const { route } = useLocation();
  const address = useAddress();
  const [open, setOpen] = useState<Open>();
  // A report that has taken the place of the dialog stays.
  const close = () => setOpen((present) => (present === open ? undefined : present));
  const digits = digitsOf(address.query.person ?? '');
  const scope = choiceOf(scopes, address.query.scope);
  const source = choiceOf(sources, address.query.source);
  const query = {
    offset: address.offset,
    ...(digits && { destination__startswith: digits }),
    ...(scope && { scope }),
    ...(source && { source }),
  };
  const list = useResource(
    JSON.stringify(query),
    (signal) => answerOf(client.GET('/OptOut/', { params: { query }, signal })),
    ['opt_outs'],
  );
  const exporting = useAction(() => exportCsv(client));
  const isFiltered = digits !== '' || scope !== undefined || source !== undefined;
  return (
    <Page
      title="Opt-outs"
      actions={
        <>
          <Button onClick={() => setOpen({ what: 'import' })}>Import …</Button>
          <Button busy={exporting.isRunning} onClick={() => void exporting.run()}>
            Export
          </Button>
          <Button kind="primary" onClick={() => setOpen({ what: 'add' })}>
            Opt out by hand
          </Button>
        </>
      }
    >
      <p class="quiet">
        People who may not be written to: those who have written STOP, and those who were opted out by hand or
        by a file. A message to them fails with code 200.
      </p>
      <Failure error={exporting.error} />
      <Filters
        address={address}
        isFiltered={isFiltered}
        onLookUp={(person) => route(`/console/opt-outs/${person}`)}
      />
      <Loaded resource={list}>
        {({ meta, objects }) => (
          <>
            {objects.length === 0 ? (
              <div class="card">
                <Empty title={isFiltered ? 'No opt-out matches' : 'No opt-outs'}>
                  <p>{isFiltered ? 'Other filters may find some.' : 'No one has written STOP yet.'}</p>
                </Empty>
              </div>
            ) : (
              <OptOutTable optOuts={objects} />
            )}
            <UncountedPager
              offset={address.offset}
              shown={objects.length}
              hasMore={meta.next !== null}
              onMove={address.move}
            />
          </>
        )}
      </Loaded>
      {open?.what === 'add' && <AddDialog onClose={close} />}
      {open?.what === 'import' && (
        <ImportDialog onImported={(report) => setOpen({ what: 'report', report })} onClose={close} />
      )}
      {open?.what === 'report' && <ImportReport report={open.report} onClose={close} />}
    </Page>
  );
}

interface FilterProps {
  readonly address: ListAddress;
  readonly isFiltered: boolean;
  readonly onLookUp: (person: string) => void;
}

function Filters({ address: { query, filter }, isFiltered, onLookUp }: FilterProps) {
  const person = digitsOf(query.person ?? '');
  return (
    <form class="filters" aria-label="Filters" onSubmit={(event) => event.preventDefault()}>
      <TextField
        label="Number begins with"
        type="tel"
        value={query.person ?? ''}
        onChange={(text) => filter({ person: digitsOf(text) })}
      />
      <SelectField
        label="What is blocked"
        value={query.scope ?? ''}
        options={scopeChoices}
        onChange={(scope) => filter({ scope })}
      />
      <SelectField
        label="By"
        value={query.source ?? ''}
        options={sourceChoices}
        onChange={(source) => filter({ source })}
      />
      {person.length >= 8 && (
        <Button kind="quiet" onClick={() => onLookUp(person)}>
          History of this number
        </Button>
      )}
      {isFiltered && (
        <Button kind="quiet" onClick={() => filter({ person: '', scope: '', source: '' })}>
          Show all
        </Button>
      )}
    </form>
  );
}
