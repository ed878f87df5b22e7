// The routes: which messages go to which carrier.
import { useState } from 'preact/hooks';
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { useResource } from '../live/use-resource.ts';
import { ActionsHeading } from '../parts/actions-heading.tsx';
import { Button } from '../parts/button.tsx';
import { Confirm } from '../parts/confirm.tsx';
import { Empty } from '../parts/empty.tsx';
import { Loaded } from '../parts/page.tsx';
import { Pager } from '../parts/pager.tsx';
import { useAddress } from '../parts/use-address.ts';
import { useSession } from '../session/session.ts';
import { sendersInWords } from './carrier-words.ts';
import { RouteDialog } from './route-dialog.tsx';

type Route = Schemas['Route'];

/** The dialog that is open in front of the page. */
type Doing = { readonly what: 'create' } | { readonly what: 'edit' | 'delete'; readonly route: Route };

export function RoutesSection({ carriers }: { readonly carriers: readonly Schemas['Carrier'][] }) {
  const { client } = useSession();
  const { offset, move } = useAddress();
  const [doing, setDoing] = useState<Doing>();
  const close = () => setDoing(undefined);
  const routes = useResource(
    `routes ${offset}`,
    (signal) => answerOf(client.GET('/Route/', { params: { query: { offset } }, signal })),
    ['carriers'],
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
            <div class="card table">
              {objects.length === 0 ? (
                <Empty title="No routes">
                  <p>A carrier gets messages once a route leads to it.</p>
                </Empty>
              ) : (
                <RouteTable
                  routes={objects}
                  onEdit={(route) => setDoing({ what: 'edit', route })}
                  onDelete={(route) => setDoing({ what: 'delete', route })}
                />
              )}
            </div>
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

interface TableProps {
  readonly routes: readonly Route[];
  readonly onEdit: (route: Route) => void;
  readonly onDelete: (route: Route) => void;
}

function RouteTable({ routes, onEdit, onDelete }: TableProps) {
  return (
    <table>
      <caption class="visually-hidden">Routes</caption>
      <thead>
        <tr>
          <th scope="col">Messages from</th>
          <th scope="col">Service</th>
          <th scope="col">Carriers</th>
          <ActionsHeading />
        </tr>
      </thead>
      <tbody>
        {routes.map((route) => {
          const words = `${sendersInWords(route)}, ${route.service.toUpperCase()}`;
          return (
            <tr key={route.route_id}>
              <th scope="row" class="name">
                {sendersInWords(route)}
              </th>
              <td>{route.service.toUpperCase()}</td>
              <td>{[route.carrier, ...route.fallback].join(', then ')}</td>
              <td class="row-actions">
                {route.source === 'file' ? (
                  <span class="quiet">from the file</span>
                ) : (
                  <>
                    <Button
                      kind="quiet"
                      aria-label={`Edit the route of ${words}`}
                      onClick={() => onEdit(route)}
                    >
                      Edit …
                    </Button>
                    <Button
                      kind="quiet"
                      aria-label={`Delete the route of ${words}`}
                      onClick={() => onDelete(route)}
                    >
                      Delete …
                    </Button>
                  </>
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
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
