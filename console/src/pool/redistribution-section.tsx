// Recipients of members that are drained, aside or unhealthy, and the members that they would get.
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { atLeast } from '../live/intervals.ts';
import { useResource } from '../live/use-resource.ts';
import { Button } from '../parts/button.tsx';
import { type Column, DataTable } from '../parts/data-table.tsx';
import { Empty } from '../parts/empty.tsx';
import { Failure } from '../parts/failure.tsx';
import { count, counted } from '../parts/format.ts';
import { NumberLink } from '../parts/number-link.tsx';
import { Loaded } from '../parts/page.tsx';
import { showToast } from '../parts/toasts.tsx';
import { useAction } from '../parts/use-action.ts';
import { useSession } from '../session/session.ts';

type Flow = Schemas['Redistribution']['moves'][number];

/** Returns the wait before the next request: a plan looks at many recipients. */
const interval = atLeast(5000);

export function RedistributionSection({ powerpack }: { readonly powerpack: Schemas['Powerpack'] }) {
  const { client } = useSession();
  const params = { path: { powerpack_uuid: powerpack.uuid } };
  const plan = useResource(
    `redistribution ${powerpack.uuid}`,
    (signal) => answerOf(client.GET('/Powerpack/{powerpack_uuid}/Redistribution/', { params, signal })),
    ['powerpacks', 'numbers'],
    { interval },
  );
  const move = useAction(async () => {
    const { recipients } = await answerOf(
      client.POST('/Powerpack/{powerpack_uuid}/Redistribution/', { params }),
    );
    showToast(`${counted(recipients, 'recipient')} moved.`);
  });
  return (
    <section aria-labelledby="redistribution">
      <h2 id="redistribution">Recipients to move</h2>
      <p class="quiet">
        Recipients whose sticky sender is drained, aside, not verified or unhealthy, and the member that each
        would get: the one that the powerpack would choose for a new recipient.
      </p>
      <Loaded resource={plan}>
        {({ moves, recipients, staying }) =>
          moves.length === 0 ? (
            <div class="card">
              <Empty title="No recipient has to move">
                <p>
                  {staying === 0
                    ? 'No recipient has such a sticky sender.'
                    : `For ${counted(staying, 'recipient')} no other member fits.`}
                </p>
              </Empty>
            </div>
          ) : (
            <>
              <DataTable
                label="Recipients to move"
                rows={moves}
                keyOf={({ from, to }) => `${from} ${to}`}
                columns={columns}
              />
              {staying > 0 && (
                <p>
                  {counted(staying, 'more recipient')} would stay: no other member fits, or a later run has
                  them.
                </p>
              )}
              <Button kind="primary" busy={move.isRunning} onClick={() => move.run()}>
                Move {counted(recipients, 'recipient')}
              </Button>
            </>
          )
        }
      </Loaded>
      <Failure error={move.error} />
    </section>
  );
}

const columns: readonly Column<Flow>[] = [
  {
    id: 'from',
    label: 'From',
    kind: 'name',
    isHeader: true,
    sortBy: ({ from }) => from,
    cell: ({ from }) => <NumberLink number={from} />,
  },
  { id: 'to', label: 'To', sortBy: ({ to }) => to, cell: ({ to }) => <NumberLink number={to} /> },
  {
    id: 'recipients',
    label: 'Recipients',
    kind: 'number',
    sortBy: ({ recipients }) => recipients,
    cell: ({ recipients }) => count(recipients),
  },
];
