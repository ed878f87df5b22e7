// The brands of the account.
import { useState } from 'preact/hooks';
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { useResource } from '../live/use-resource.ts';
import { Button } from '../parts/button.tsx';
import { Confirm } from '../parts/confirm.tsx';
import { type Column, DataTable } from '../parts/data-table.tsx';
import { Empty } from '../parts/empty.tsx';
import { count } from '../parts/format.ts';
import { Loaded } from '../parts/page.tsx';
import { Pager } from '../parts/pager.tsx';
import { useSortedList } from '../parts/use-sorted-list.ts';
import { useSession } from '../session/session.ts';
import { BrandDialog } from './brand-dialog.tsx';

type Brand = Schemas['Brand'];

/** The dialog that is open in front of the page; `brand` is undefined for a new one. */
type Doing =
  | { readonly what: 'write'; readonly brand: Brand | undefined }
  | { readonly what: 'delete'; readonly brand: Brand };

export function BrandsSection() {
  const { client } = useSession();
  const { query, offset, move, serverOrder } = useSortedList(['brand_alias', 'vetting_score']);
  const [doing, setDoing] = useState<Doing>();
  const brands = useResource(
    `brands ${JSON.stringify(query)}`,
    (signal) => answerOf(client.GET('/10dlc/Brand/', { params: { query }, signal })),
    ['campaigns'],
    { keepsPrevious: true },
  );
  const close = () => setDoing(undefined);
  return (
    <section aria-labelledby="brands">
      <header class="page-header">
        <h2 id="brands">Brands</h2>
        <Button onClick={() => setDoing({ what: 'write', brand: undefined })}>New brand</Button>
      </header>
      <Loaded resource={brands}>
        {({ brands: rows, meta }) => (
          <>
            {rows.length === 0 ? (
              <div class="card">
                <Empty title="No brands">
                  <p>A brand is the company that the registry knows. Its campaigns share a limit a day.</p>
                </Empty>
              </div>
            ) : (
              <DataTable
                label="Brands"
                serverOrder={serverOrder}
                rows={rows}
                keyOf={({ brand_id: id }) => id}
                columns={columnsOf(setDoing)}
              />
            )}
            <Pager of="Brands" offset={offset} total={meta.total_count} onMove={move} />
          </>
        )}
      </Loaded>
      {doing?.what === 'write' && <BrandDialog brand={doing.brand} onClose={close} />}
      {doing?.what === 'delete' && (
        <Confirm
          title={`Delete the brand ${doing.brand.brand_alias}?`}
          verb="Delete brand"
          act={() =>
            answerOf(
              client.DELETE('/10dlc/Brand/{brand_id}/', {
                params: { path: { brand_id: doing.brand.brand_id } },
              }),
            )
          }
          onClose={close}
        >
          <p>Its campaigns go with it. Their numbers keep to no limit of a campaign from then on.</p>
        </Confirm>
      )}
    </section>
  );
}

/** Returns the columns; those that sort have the API's names of the orders. */
const columnsOf = (onDo: (doing: Doing) => void): readonly Column<Brand>[] => [
  {
    id: 'brand_alias',
    label: 'Name',
    kind: 'name',
    isHeader: true,
    sortBy: ({ brand_alias: name }) => name,
    cell: ({ brand_alias: name }) => name,
  },
  { id: 'id', label: 'Id', kind: 'code', onPhone: 'line', cell: ({ brand_id: id }) => id },
  {
    id: 'vetting_score',
    label: 'Vetting score',
    kind: 'number',
    sortBy: ({ vetting_score: score }) => score,
    cell: ({ vetting_score: score }) => score ?? <span class="quiet">none</span>,
  },
  {
    id: 'limit',
    label: 'Segments a day',
    title: 'Of all its campaigns together, Pacific time',
    kind: 'number',
    cell: ({ daily_segments: limit, has_own_limit: isOwn }) => (
      <>
        {limit === null ? 'no limit' : count(limit)}
        {!isOwn && <span class="detail">as published</span>}
      </>
    ),
  },
  {
    id: 'actions',
    label: 'Actions',
    kind: 'actions',
    cell: (brand) => (
      <>
        <Button
          kind="quiet"
          aria-label={`Change the brand ${brand.brand_alias}`}
          onClick={() => onDo({ what: 'write', brand })}
        >
          Change
        </Button>
        <Button
          kind="quiet"
          aria-label={`Delete the brand ${brand.brand_alias}`}
          onClick={() => onDo({ what: 'delete', brand })}
        >
          Delete …
        </Button>
      </>
    ),
  },
];
