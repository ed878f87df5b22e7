// The numbers that the account rents, or has brought along.
import { answerOf } from '../../../client/src/client.ts';
import {
  type Applications,
  nameOfApplication,
  useApplications,
} from '../applications/application-choice.tsx';
import { useResource } from '../live/use-resource.ts';
import { choiceOf } from '../parts/address.ts';
import { ButtonLink } from '../parts/button.tsx';
import { type Column, DataTable } from '../parts/data-table.tsx';
import { Empty } from '../parts/empty.tsx';
import { digitsIn, phoneNumber } from '../parts/format.ts';
import { Loaded, Page } from '../parts/page.tsx';
import { Pager } from '../parts/pager.tsx';
import { PowerpackLink } from '../parts/powerpack-link.tsx';
import { loadPowerpackNames, type PowerpackNames } from '../parts/powerpack-names.ts';
import { useAddress } from '../parts/use-address.ts';
import { useSession } from '../session/session.ts';
import { filteredServices, filteredTypes, NumberFilters } from './number-filters.tsx';
import { applicationIdOf, type RentedNumber, servicesOf, typeWords } from './number-words.ts';

const actions = (
  <>
    <ButtonLink href="/console/numbers/own">Add your own …</ButtonLink>
    <ButtonLink kind="primary" href="/console/numbers/rent">
      Rent numbers
    </ButtonLink>
  </>
);

export function NumbersPage() {
  const { client } = useSession();
  const address = useAddress();
  const applications = useApplications();
  const { alias, application, starts } = address.query;
  const type = choiceOf(filteredTypes, address.query.type);
  const services = choiceOf(filteredServices, address.query.services);
  const filters = {
    ...(starts && { number_startswith: digitsIn(starts) }),
    ...(alias && { alias }),
    ...(application && { application_id: application }),
    ...(type && { type }),
    ...(services && { services }),
  };
  const query = { ...filters, offset: address.offset };
  const list = useResource(
    `numbers ${JSON.stringify(query)}`,
    async (signal) => {
      const { meta, objects } = await answerOf(client.GET('/Number/', { params: { query }, signal }));
      const uuids = objects.map(({ powerpack_uuid: uuid }) => uuid);
      return { meta, objects, names: await loadPowerpackNames(client, uuids, signal) };
    },
    ['numbers', 'powerpacks'],
    { keepsPrevious: true },
  );
  return (
    <Page title="Numbers" actions={actions}>
      <NumberFilters address={address} applications={applications.data} />
      <Loaded resource={list}>
        {({ meta, objects, names }) => (
          <>
            {objects.length === 0 ? (
              <div class="card">
                <NoNumbers isFiltered={Object.keys(filters).length > 0} />
              </div>
            ) : (
              <DataTable
                label="Rented numbers"
                class="numbers"
                rows={objects}
                keyOf={({ number }) => number}
                columns={columnsOf(names, applications.data)}
              />
            )}
            <Pager offset={address.offset} total={meta.total_count} onMove={address.move} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function NoNumbers({ isFiltered }: { readonly isFiltered: boolean }) {
  if (isFiltered) {
    return (
      <Empty title="No number is like that">
        <a href="/console/numbers">Show all numbers</a>
      </Empty>
    );
  }
  return (
    <Empty title="No numbers yet">
      <p>Rent fictitious ones to try everything out, or bring those of a carrier of your own.</p>
      {actions}
    </Empty>
  );
}

const columnsOf = (
  names: PowerpackNames,
  applications: Applications | undefined,
): readonly Column<RentedNumber>[] => [
  {
    id: 'number',
    label: 'Number',
    kind: 'name',
    isHeader: true,
    cell: ({ number }) => (
      <a class="nowrap" href={`/console/numbers/${number}`}>
        {phoneNumber(number)}
      </a>
    ),
  },
  { id: 'alias', label: 'Alias', cell: ({ alias }) => alias },
  { id: 'type', label: 'Type', cell: ({ number_type: type }) => typeWords[type] },
  { id: 'services', label: 'Services', cell: servicesOf },
  { id: 'region', label: 'Region', cell: ({ region }) => region },
  {
    id: 'powerpack',
    label: 'Powerpack',
    cell: ({ powerpack_uuid: uuid }) => <PowerpackLink uuid={uuid} names={names} />,
  },
  {
    id: 'application',
    label: 'Messages go to',
    cell: (number) => <ApplicationLink appId={applicationIdOf(number)} applications={applications} />,
  },
  {
    id: 'owner',
    label: 'Belongs to',
    cell: ({ sub_account_name: name }) => name ?? <span class="quiet">main</span>,
  },
];

function ApplicationLink({
  appId,
  applications,
}: {
  readonly appId: string;
  readonly applications: Applications | undefined;
}) {
  if (appId === '') return <span class="quiet">none</span>;
  return <a href={`/console/applications/${appId}`}>{nameOfApplication(applications, appId)}</a>;
}
