// Where numbers are missing: the area codes that a powerpack writes to and has no number of, and renting them.
import { useRoute } from 'preact-iso/router';
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { atLeast } from '../live/intervals.ts';
import { useResource } from '../live/use-resource.ts';
import { Button } from '../parts/button.tsx';
import { type Column, DataTable } from '../parts/data-table.tsx';
import { Empty } from '../parts/empty.tsx';
import { count, counted, moment, percent } from '../parts/format.ts';
import { Notice } from '../parts/notice.tsx';
import { Loaded } from '../parts/page.tsx';
import { pageSize } from '../parts/pager.tsx';
import { type Powerpack, PowerpackFrame } from '../powerpacks/powerpack-frame.tsx';
import { useSession } from '../session/session.ts';
import { type Rental, rentalsOf } from './rent-missing.ts';
import { RunProgress } from './run-progress.tsx';
import { tickColumn } from './tick-column.tsx';
import { useOneByOne } from './use-one-by-one.ts';
import { useRentals } from './use-rentals.ts';
import { useTicks } from './use-ticks.ts';

type Demand = Schemas['Demand'];
type Area = Demand['areas'][number];

/** Returns the wait before the next request: counting reads many messages. */
const interval = atLeast(5000);

export function MissingNumbersPage() {
  const { uuid = '' } = useRoute().params;
  return (
    <PowerpackFrame key={uuid} uuid={uuid}>
      {(powerpack) => <MissingNumbers powerpack={powerpack} />}
    </PowerpackFrame>
  );
}

function MissingNumbers({ powerpack }: { readonly powerpack: Powerpack }) {
  const { client } = useSession();
  const params = { path: { powerpack_uuid: powerpack.uuid } };
  const demand = useResource(
    `demand ${powerpack.uuid}`,
    (signal) => answerOf(client.GET('/Powerpack/{powerpack_uuid}/Demand/', { params, signal })),
    ['messages', 'powerpacks', 'numbers'],
    { interval },
  );
  return (
    <Loaded resource={demand}>
      {(found) => (
        <>
          {!found.complete && (
            <Notice tone="info">Every message from {moment(found.complete_from)} on is counted.</Notice>
          )}
          <p>{summaryOf(found)}</p>
          <p class="quiet">
            {powerpack.local_connect
              ? 'Local connect prefers a number of the recipient’s area code, else one of the same state or province.'
              : 'Local connect is off: a number of the recipient’s area code is not preferred, wherever there is one.'}{' '}
            The numbers are those that the busiest day would have needed.
          </p>
          <Areas powerpack={powerpack} demand={found} />
        </>
      )}
    </Loaded>
  );
}

/** Returns how much of what was written went to an area code with a number. */
function summaryOf({ messages, local_messages: local, missing_numbers: numbers, areas }: Demand): string {
  if (messages === 0) return 'No message in the last 7 days.';
  const share = `${percent(local / messages)} of ${counted(messages, 'message')} of the last 7 days went to an area code with a member.`;
  return areas.length === 0
    ? share
    : `${share} ${counted(numbers, 'number')} in ${counted(areas.length, 'area code')} would serve the others.`;
}

function NothingMissing({ demand }: { readonly demand: Demand }) {
  return (
    <div class="card">
      <Empty title={demand.messages === 0 ? 'Nothing was sent' : 'No number is missing'}>
        <p>
          {demand.messages === 0
            ? 'Where numbers are missing shows once messages are sent.'
            : 'Every area code that was written to has a member.'}
        </p>
      </Empty>
    </div>
  );
}

interface AreasProps {
  readonly powerpack: Powerpack;
  readonly demand: Demand;
}

const keyOf = ({ area_code: code }: Area): string => code;

/** Shows the area codes, and keeps the run of one that has left the list with its first number. */
function Areas({ powerpack, demand }: AreasProps) {
  const { areas } = demand;
  const ticks = useTicks(keyOf);
  const rent = useRentals(powerpack);
  const run = useOneByOne(rent);
  const wanted = areas.filter((area) => ticks.ticked.has(keyOf(area)));
  const numbers = wanted.reduce((sum, area) => sum + area.numbers, 0);
  const start = async (rentals: readonly Rental[]): Promise<void> => {
    const { done } = await run.start(rentals);
    const tried = new Set(rentals.slice(0, done).map(({ number }) => number));
    ticks.tick(
      areas.filter((area) => tried.has(keyOf(area))),
      false,
    );
  };
  const progress = <RunProgress run={run} done="served" noun="area code" onRepeat={start} />;
  if (areas.length === 0) {
    return (
      <>
        {progress}
        <NothingMissing demand={demand} />
      </>
    );
  }
  return (
    <>
      <section class="filters many" aria-label="Ticked area codes">
        <Button disabled={run.isRunning} onClick={() => ticks.tick(areas, true)}>
          Tick all {count(areas.length)}
        </Button>
        {wanted.length > 0 && (
          <Button kind="quiet" disabled={run.isRunning} onClick={() => ticks.tick(wanted, false)}>
            Tick none
          </Button>
        )}
        <Button
          kind="primary"
          busy={run.isRunning}
          disabled={wanted.length === 0}
          onClick={() => start(rentalsOf(wanted))}
        >
          {wanted.length === 0
            ? 'Rent what is ticked'
            : `Rent ${counted(numbers, 'number')} in ${counted(wanted.length, 'area code')}`}
        </Button>
      </section>
      {progress}
      <DataTable
        label="Area codes without a member"
        rows={areas}
        keyOf={keyOf}
        pageSize={pageSize}
        columns={[
          tickColumn({
            ...ticks,
            rows: areas,
            keyOf,
            nameOf: ({ area_code: code }) => `Tick ${code}`,
            disabled: run.isRunning,
          }),
          ...columnsOf(powerpack),
        ]}
      />
    </>
  );
}

const columnsOf = ({ uuid }: Powerpack): readonly Column<Area>[] => [
  {
    id: 'area',
    label: 'Area code',
    kind: 'name',
    isHeader: true,
    sortBy: ({ area_code: code }) => code,
    cell: ({ area_code: code }) => (
      <a href={`/console/messages?area_code=${code}&powerpack_id=${uuid}&range=week`}>{code}</a>
    ),
  },
  {
    id: 'region',
    label: 'State or province',
    sortBy: ({ region, country_iso2: country }) => region || country,
    cell: ({ region, country_iso2: country }) => region || country,
  },
  {
    id: 'messages',
    label: 'Messages',
    kind: 'number',
    sortBy: ({ messages }) => messages,
    cell: ({ messages }) => count(messages),
  },
  {
    id: 'busiest',
    label: 'Busiest day',
    title: 'Segments of the UTC day with the most',
    kind: 'number',
    sortBy: ({ busiest_day_segments: segments }) => segments,
    cell: ({ busiest_day_segments: segments }) => counted(segments, 'segment'),
  },
  {
    id: 'standing_in',
    label: 'Members in the state',
    title: 'Members of the same state or province, which stand in',
    kind: 'number',
    sortBy: ({ region_members: members }) => members,
    cell: ({ region_members: members }) => count(members),
  },
  {
    id: 'numbers',
    label: 'Numbers missing',
    kind: 'number',
    sortBy: ({ numbers }) => numbers,
    cell: ({ numbers, to_add: own, lacking }) => (
      <>
        {count(numbers)}
        {own > 0 && <span class="detail">{count(own)} in the account</span>}
        {lacking > 0 && <span class="detail">{count(lacking)} not for sale</span>}
      </>
    ),
  },
];
