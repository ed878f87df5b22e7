// Details of the region that was chosen on the map.
import { Button } from '../parts/button.tsx';
import { count, counted } from '../parts/format.ts';
import type { MapFigure } from './pool-address.ts';
import type { Region } from './regions.ts';

interface Props {
  readonly region: Region | undefined;
  readonly figure: MapFigure;
  /** Members that are at home in no region. */
  readonly elsewhere: number;
  readonly localConnect: boolean;
  readonly onRent: () => void;
  readonly onLeave: () => void;
}

const headings: Readonly<Record<MapFigure, string>> = {
  members: 'Where the numbers are at home',
  traffic: 'Where messages were sent in the last 24 hours',
};

export function RegionFacts({ region, figure, elsewhere, localConnect, onRent, onLeave }: Props) {
  if (region === undefined) {
    return (
      <div class="region-facts">
        <h2>{headings[figure]}</h2>
        <p>Choose a state or province to see its members, and to rent numbers there.</p>
        <p class="quiet">
          {localConnect
            ? 'Local connect is on: a recipient hears from a number of the same area code, else of the same state, as long as one has capacity left.'
            : 'Local connect is off: where a number is at home does not matter when a sender is chosen.'}
        </p>
        {figure === 'members' && elsewhere > 0 && (
          <p class="quiet">
            {counted(elsewhere, 'more member')} {elsewhere === 1 ? 'is' : 'are'} of no state: toll-free
            numbers, short codes, other countries.
          </p>
        )}
      </div>
    );
  }
  return (
    <div class="region-facts">
      <h2>{region.region}</h2>
      <dl class="facts">
        <dt>Members</dt>
        <dd>{count(region.members)}</dd>
        <dt>Messages waiting</dt>
        <dd>{count(region.queued)}</dd>
        <dt>Sent today</dt>
        <dd>{counted(region.segments_today, 'segment')}</dd>
        <dt>Area codes</dt>
        <dd>{region.area_codes.join(', ')}</dd>
      </dl>
      <div class="actions">
        <Button onClick={onRent}>Rent numbers here</Button>
        <Button kind="quiet" onClick={onLeave}>
          Show all regions
        </Button>
      </div>
    </div>
  );
}
