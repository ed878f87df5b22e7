// Where the numbers of a pool are at home, or where its messages go.
import type { Schemas } from '../../../client/src/client.ts';
import { Failure } from '../parts/failure.tsx';
import { useTraffic } from '../traffic/use-traffic.ts';
import { windowOf } from '../traffic/windows.ts';
import { type MapFigure, mapFigures, narrowed, type PoolView } from './pool-address.ts';
import { RegionFacts } from './region-facts.tsx';
import { RegionMap } from './region-map.tsx';
import { membersByRegion, regionId, trafficByRegion } from './regions.ts';

interface Props {
  readonly powerpack: Schemas['Powerpack'];
  readonly pool: Schemas['PoolRegions'];
  readonly view: PoolView;
  readonly onChange: (view: PoolView) => void;
}

const words: Readonly<Record<MapFigure, string>> = { members: 'Members', traffic: 'Traffic of 24 hours' };

export function MapCard({ powerpack, pool, view, onChange }: Props) {
  const choose = (region: string | undefined): void => onChange(narrowed(view, { region }));
  const map = { regions: pool.regions, chosen: view.region, onChoose: choose };
  return (
    <section class="card map-card" aria-label="Map">
      <div class="map-figures">
        {mapFigures.map((figure) => (
          <button
            key={figure}
            type="button"
            class="map-figure"
            aria-pressed={view.figure === figure}
            onClick={() => onChange({ ...view, figure })}
          >
            {words[figure]}
          </button>
        ))}
      </div>
      <div class="map-columns">
        {view.figure === 'members' ? (
          <RegionMap
            {...map}
            label="Members by state and province"
            counts={membersByRegion(pool.regions)}
            noun="member"
          />
        ) : (
          <TrafficMap {...map} powerpackUuid={powerpack.uuid} />
        )}
        <RegionFacts
          region={pool.regions.find((region) => regionId(region) === view.region)}
          figure={view.figure}
          elsewhere={pool.elsewhere.members}
          localConnect={powerpack.local_connect}
          onRent={() => onChange({ ...view, adding: 'rent' })}
          onLeave={() => choose(undefined)}
        />
      </div>
    </section>
  );
}

interface TrafficMapProps {
  readonly regions: Schemas['PoolRegions']['regions'];
  readonly chosen: string | undefined;
  readonly onChoose: (id: string | undefined) => void;
  readonly powerpackUuid: string;
}

const day = windowOf({ window: 'day' });

/** Shows the map of traffic; counts messages only while it is shown, because that is expensive. */
function TrafficMap({ powerpackUuid, ...map }: TrafficMapProps) {
  const { data, error } = useTraffic(powerpackUuid, day);
  return (
    <div>
      <Failure error={error} />
      <RegionMap
        {...map}
        label={`Messages ${day.phrase} by the state and province of their recipients`}
        counts={trafficByRegion(map.regions, data?.regions ?? [])}
        noun="message"
      />
    </div>
  );
}
