// The routes: which messages go to which carrier.
import { useState } from 'preact/hooks';
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { useResource } from '../live/use-resource.ts';
import { Button } from '../parts/button.tsx';
import { Confirm } from '../parts/confirm.tsx';
import { type Column, DataTable } from '../parts/data-table.tsx';
import { Empty } from '../parts/empty.tsx';
import { Loaded } from '../parts/page.tsx';
import { Pager } from '../parts/pager.tsx';
import { useSortedAddress } from '../parts/use-sorted-list.ts';
import { useSession } from '../session/session.ts';
import { sendersInWords } from './carrier-words.ts';
import { RouteDialog } from './route-dialog.tsx';

type Route = Schemas['Route'];

/** The dialog that is open in front of the page. */
type Doing = { readonly what: 'create' } | { readonly what: 'edit' | 'delete'; readonly route: Route };

export function RoutesSection({ carriers }: { readonly carriers: readonly Schemas['Carrier'][] }) {
  const { client } = useSession();
  const { query, offset, move, serverOrder } = useSortedAddress(['senders', 'service', 'carrier']);
  const [doing, setDoing] = useState<Doing>();
  const close = () => setDoing(undefined);
  const routes = useResource(
    `routes ${JSON.stringify(query)}`,
    (signal) => answerOf(client.GET('/Route/', { params: { query }, signal })),
    ['carriers'],
    { keepsPrevious: true },
  );
  return (
    <section aria-labelledby="routes">
      <header class="page-header">
        <h2 id="routes">Routes</h2>
        <Button onClick={() => setDoing({ what: 'create' })}>New route</Button>
      </header>
      <p class="quiet">
        The most specific route counts: number, powerpack, kind, country, account, everything else. A message
        without a route fails. Fictitious numbers go to the simulator.
      </p>
      <Loaded resource={routes}>
        {({ meta, objects }) => (
          <>
            {objects.length === 0 ? (
              <div class="card">
                <Empty title="No routes">
                  <p>A carrier gets messages once a route leads to it.</p>
                </Empty>
              </div>
            ) : (
              <DataTable
                label="Routes"
                rows={objects}
                serverOrder={serverOrder}
                keyOf={({ route_id: id }) => id}
                columns={columnsOf({
                  onEdit: (route) => setDoing({ what: 'edit', route }),
                  onDelete: (route) => setDoing({ what: 'delete', route }),
                })}
              />
            )}
            <Pager offset={offset} total={meta.total_count} onMove={move} />
          </>
        )}
      </Loaded>
      {doing?.what === 'create' && (
        <RouteDialog carriers={carriers} onSaved={routes.reload} onClose={close} />
      )}
      {doing?.what === 'edit' && (
        <RouteDialog carriers={carriers} route={doing.route} onSaved={routes.reload} onClose={close} />
      )}
      {doing?.what === 'delete' && (
        <DeleteDialog route={doing.route} onDeleted={routes.reload} onClose={close} />
      )}
    </section>
  );
}

interface Actions {
  readonly onEdit: (route: Route) => void;
  readonly onDelete: (route: Route) => void;
}

/** Returns the columns; those that sort have the API's names of the orders. */
const columnsOf = (actions: Actions): readonly Column<Route>[] => [
  {
    id: 'senders',
    label: 'Messages from',
    kind: 'name',
    isHeader: true,
    sortBy: sendersInWords,
    cell: sendersInWords,
  },
  {
    id: 'service',
    label: 'Service',
    sortBy: ({ service }) => service,
    cell: ({ service }) => service.toUpperCase(),
  },
  {
    id: 'carrier',
    label: 'Carriers',
    sortBy: ({ carrier }) => carrier,
    cell: ({ carrier, fallback }) => [carrier, ...fallback].join(', then '),
  },
  {
    id: 'actions',
    label: 'Actions',
    kind: 'actions',
    cell: (route) => <RouteActions route={route} {...actions} />,
  },
];

function RouteActions({ route, onEdit, onDelete }: Actions & { readonly route: Route }) {
  if (route.source === 'file') return <span class="quiet">from the file</span>;
  const words = `${sendersInWords(route)}, ${route.service.toUpperCase()}`;
  return (
    <>
      <Button kind="quiet" aria-label={`Edit the route of ${words}`} onClick={() => onEdit(route)}>
        Edit …
      </Button>
      <Button kind="quiet" aria-label={`Delete the route of ${words}`} onClick={() => onDelete(route)}>
        Delete …
      </Button>
    </>
  );
}

interface DeleteProps {
  readonly route: Route;
  readonly onDeleted: () => void;
  readonly onClose: () => void;
}

function DeleteDialog({ route, onDeleted, onClose }: DeleteProps) {
  const { client } = useSession();
  const remove = async () => {
    const params = { path: { route_id: route.route_id } };
    await answerOf(client.DELETE('/Route/{route_id}/', { params }));
    onDeleted();
  };
  return (
    <Confirm
      title={`Delete the route of ${sendersInWords(route)}?`}
      verb="Delete route"
      act={remove}
      onClose={onClose}
    >
      <p>Its messages take the next most specific route from now on, and fail where there is none.</p>
    </Confirm>
  );
}
