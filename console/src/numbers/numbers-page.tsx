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
import { Empty } from '../parts/empty.tsx';
import { digitsIn, phoneNumber } from '../parts/format.ts';
import { Loaded, Page } from '../parts/page.tsx';
import { Pager } from '../parts/pager.tsx';
import { useAddress } from '../parts/use-address.ts';
import { useSession } from '../session/session.ts';
import { filteredServices, filteredTypes, NumberFilters } from './number-filters.tsx';
import { applicationIdOf, type RentedNumber, servicesOf, typeWords } from './number-words.ts';
import { PowerpackLink } from './powerpack-link.tsx';
import { loadPowerpackNames, type PowerpackNames } from './powerpack-names.ts';

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
      return { meta, objects, names: await loadPowerpackNames(client, objects, signal) };
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
            <div class="card table">
              {objects.length === 0 ? (
                <NoNumbers isFiltered={Object.keys(filters).length > 0} />
              ) : (
                <NumberTable numbers={objects} names={names} applications={applications.data} />
              )}
            </div>
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

interface TableProps {
  readonly numbers: readonly RentedNumber[];
  readonly names: PowerpackNames;
  readonly applications: Applications | undefined;
}

function NumberTable({ numbers, names, applications }: TableProps) {
  return (
    <table class="numbers">
      <caption class="visually-hidden">Rented numbers</caption>
      <thead>
        <tr>
          <th scope="col">Number</th>
          <th scope="col">Alias</th>
          <th scope="col">Type</th>
          <th scope="col">Services</th>
          <th scope="col">Region</th>
          <th scope="col">Powerpack</th>
          <th scope="col">Messages go to</th>
          <th scope="col">Belongs to</th>
        </tr>
      </thead>
      <tbody>
        {numbers.map((number) => (
          <tr key={number.number}>
            <td>
              <a href={`/console/numbers/${number.number}`}>{phoneNumber(number.number)}</a>
            </td>
            <td>{number.alias}</td>
            <td>{typeWords[number.number_type]}</td>
            <td>{servicesOf(number)}</td>
            <td>{number.region}</td>
            <td>
              <PowerpackLink uuid={number.powerpack_uuid} names={names} />
            </td>
            <td>
              <ApplicationLink appId={applicationIdOf(number)} applications={applications} />
            </td>
            <td>{number.sub_account_name ?? <span class="quiet">main</span>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

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
