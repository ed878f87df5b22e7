// Searching the numbers that are for sale, and renting them.
import { useEffect, useRef, useState } from 'preact/hooks';
import { answerOf } from '../../../client/src/client.ts';
import { ApplicationChoice, useApplications } from '../applications/application-choice.tsx';
import { useResource } from '../live/use-resource.ts';
import { choiceOf } from '../parts/address.ts';
import { Empty } from '../parts/empty.tsx';
import { Failure } from '../parts/failure.tsx';
import { digitsIn, phoneNumber } from '../parts/format.ts';
import { Notice } from '../parts/notice.tsx';
import { Loaded, Page } from '../parts/page.tsx';
import { Pager } from '../parts/pager.tsx';
import { useAction } from '../parts/use-action.ts';
import { useAddress } from '../parts/use-address.ts';
import { useSession } from '../session/session.ts';
import { ForSaleTable } from './for-sale-table.tsx';
import { SaleFilters, soldCountries, soldTypes } from './sale-filters.tsx';

export function RentPage() {
  const { client } = useSession();
  const address = useAddress();
  const applications = useApplications();
  const [application, setApplication] = useState('');
  const [rented, setRented] = useState<string>();
  const { pattern, region } = address.query;
  const type = choiceOf(soldTypes, address.query.type);
  const query = {
    country_iso: choiceOf(soldCountries, address.query.country) ?? 'US',
    ...(type && { type }),
    ...(pattern && { pattern: digitsIn(pattern) }),
    ...(region && { region }),
    offset: address.offset,
  };
  const found = useResource(
    `numbers for sale ${JSON.stringify(query)}`,
    (signal) => answerOf(client.GET('/PhoneNumber/', { params: { query }, signal })),
    ['numbers'],
  );
  const renting = useAction(async (number: string) => {
    const body = application === '' ? {} : { app_id: application };
    await answerOf(client.POST('/PhoneNumber/{number}/', { params: { path: { number } }, body }));
    setRented(number);
  });
  return (
    <Page title="Rent numbers" parent={{ href: '/console/numbers', label: 'Numbers' }}>
      <p class="quiet">
        For sale are the numbers of the simulator: fictitious ones, 555-0100 to 555-0199 of every area code.
        They cost nothing and reach no real phone. A <a href="/console/powerpacks">powerpack</a> can also rent
        numbers straight into its pool.
      </p>
      <SaleFilters address={address} />
      <ApplicationChoice
        label="Application for incoming messages"
        hint="For the numbers that you rent next. Can be changed at any time."
        none="the default application, if there is one"
        applications={applications.data}
        value={application}
        onChange={setApplication}
      />
      <Failure error={renting.error} />
      {rented !== undefined && <Rented number={rented} />}
      <Loaded resource={found}>
        {({ meta, objects }) => (
          <>
            {objects.length === 0 ? (
              <div class="card">
                <Empty title="Nothing is for sale that is like that">
                  <p>
                    Try another area code or region. Where a server has the simulator’s shop switched off,
                    there is nothing at all: <a href="/console/numbers/own">add numbers of your own</a>.
                  </p>
                </Empty>
              </div>
            ) : (
              <ForSaleTable numbers={objects} isRenting={renting.isRunning} rent={renting.run} />
            )}
            <Pager offset={address.offset} total={meta.total_count} onMove={address.move} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

/** Shows the rented number and takes the focus, because the row that had it is gone. */
function Rented({ number }: { readonly number: string }) {
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => link.current?.focus({ preventScroll: true }), [number]);
  return (
    <Notice tone="good">
      <a ref={link} href={`/console/numbers/${number}`}>
        {phoneNumber(number)}
      </a>{' '}
      is yours.
    </Notice>
  );
}
