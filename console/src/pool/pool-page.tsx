// The members of a powerpack: who they are, where, what they do, and how they come and go.
import { useLocation, useRoute } from 'preact-iso/router';
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { useResource } from '../live/use-resource.ts';
import { Loaded, Together } from '../parts/page.tsx';
import { PowerpackFrame } from '../powerpacks/powerpack-frame.tsx';
import { useSession } from '../session/session.ts';
import { AddMembers } from './add-members.tsx';
import { MapCard } from './map-card.tsx';
import { MemberFilters } from './member-filters.tsx';
import { MemberList } from './member-list.tsx';
import { addressOf, type PoolView, viewOf } from './pool-address.ts';
import { PoolSummary } from './pool-summary.tsx';
import { useMembers } from './use-members.ts';
import { usePool } from './use-pool.ts';

export function PoolPage() {
  const { uuid = '' } = useRoute().params;
  return <PowerpackFrame uuid={uuid}>{(powerpack) => <Pool powerpack={powerpack} />}</PowerpackFrame>;
}

function Pool({ powerpack }: { readonly powerpack: Schemas['Powerpack'] }) {
  const { client } = useSession();
  const { query, route } = useLocation();
  const { uuid } = powerpack;
  const view = viewOf(query);
  const show = (next: PoolView): void => route(addressOf(uuid, next));
  const pool = usePool(powerpack);
  const { page: members, loadAll } = useMembers(uuid, view);
  const params = { path: { powerpack_uuid: uuid } };
  const regions = useResource(
    `regions ${uuid}`,
    (signal) => answerOf(client.GET('/Powerpack/{powerpack_uuid}/Region/', { params, signal })),
    ['powerpacks', 'numbers'],
  );
  const places = regions.data?.regions ?? [];

  return (
    <>
      <PoolSummary summary={members.data?.summary} />
      <AddMembers pool={pool} regions={places} view={view} onChange={show} />
      <Together resources={[members, regions]}>
        {((members.data?.summary.members ?? 0) > 0 || view.adding !== undefined) && (
          // Members that are asked for by health or number are listed, not looked for on the map.
          <details class="map-fold" open={view.health === undefined && view.search === ''}>
            <summary>Map</summary>
            <div class="map-place">
              <Loaded resource={regions}>
                {(found) => <MapCard powerpack={powerpack} pool={found} view={view} onChange={show} />}
              </Loaded>
            </div>
          </details>
        )}
        <h2>Members</h2>
        <MemberFilters view={view} regions={places} onChange={show} />
        <Loaded resource={members}>
          {(page) => (
            <MemberList
              pool={pool}
              powerpack={powerpack}
              page={page}
              isBusy={members.isLoading}
              view={view}
              onChange={show}
              loadAll={loadAll}
            />
          )}
        </Loaded>
      </Together>
    </>
  );
}
