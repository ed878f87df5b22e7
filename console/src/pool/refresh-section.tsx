// Members of whose messages too few arrive, and the numbers that would take their places.
import { useState } from 'preact/hooks';
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { useResource } from '../live/use-resource.ts';
import { Button } from '../parts/button.tsx';
import { Confirm } from '../parts/confirm.tsx';
import { type Column, DataTable } from '../parts/data-table.tsx';
import { Empty } from '../parts/empty.tsx';
import { count, counted, percent, phoneNumber } from '../parts/format.ts';
import { NumberLink } from '../parts/number-link.tsx';
import { Loaded } from '../parts/page.tsx';
import { showToast } from '../parts/toasts.tsx';
import { useSession } from '../session/session.ts';

type Replaced = Schemas['Refresh']['members'][number];

export function RefreshSection({ powerpack }: { readonly powerpack: Schemas['Powerpack'] }) {
  const { client } = useSession();
  const [isAsking, setAsking] = useState(false);
  const params = { path: { powerpack_uuid: powerpack.uuid } };
  const plan = useResource(
    `refresh ${powerpack.uuid}`,
    (signal) => answerOf(client.GET('/Powerpack/{powerpack_uuid}/Refresh/', { params, signal })),
    ['powerpacks', 'numbers'],
  );
  const replace = async () => {
    const { replaced } = await answerOf(client.POST('/Powerpack/{powerpack_uuid}/Refresh/', { params }));
    showToast(`${counted(replaced, 'member')} replaced.`);
  };
  return (
    <section aria-labelledby="refresh">
      <h2 id="refresh">Members to replace</h2>
      <p class="quiet">
        Unhealthy members, each with a number of the same area code that would take its place. At most five a
        day, and none within three days of when it was added.
      </p>
      <Loaded resource={plan}>
        {({ members, replaced }) =>
          members.length === 0 ? (
            <div class="card">
              <Empty title="No member has to be replaced">
                <p>Enough of the messages of each arrive.</p>
              </Empty>
            </div>
          ) : (
            <>
              <DataTable
                label="Members to replace"
                rows={members}
                keyOf={({ number }) => number}
                columns={columns}
              />
              <Button kind="primary" disabled={replaced === 0} onClick={() => setAsking(true)}>
                Replace {counted(replaced, 'member')} …
              </Button>
              {isAsking && (
                <Confirm
                  title={`Replace ${counted(replaced, 'member')}?`}
                  verb="Replace"
                  act={replace}
                  onClose={() => setAsking(false)}
                >
                  <p>
                    The replacements are added to the pool, and rented where they have to be. The members are
                    drained: they keep their recipients for 72 hours, and are set aside then.
                  </p>
                </Confirm>
              )}
            </>
          )
        }
      </Loaded>
    </section>
  );
}

const columns: readonly Column<Replaced>[] = [
  {
    id: 'number',
    label: 'Member',
    kind: 'name',
    isHeader: true,
    sortBy: ({ number }) => number,
    cell: ({ number }) => <NumberLink number={number} />,
  },
  {
    id: 'delivered',
    label: 'Delivered',
    title: 'In the last 24 hours',
    kind: 'number',
    sortBy: ({ delivered, finished }) => delivered / finished,
    cell: ({ delivered, finished }) => (
      <>
        {percent(delivered / finished)}
        <span class="detail">of {count(finished)}</span>
      </>
    ),
  },
  {
    id: 'replacement',
    label: 'Replacement',
    cell: ({ replacement, rents, because }) =>
      replacement === null ? (
        <span class="quiet">none now: {because}</span>
      ) : (
        <>
          <span class="code">{phoneNumber(replacement)}</span>
          {rents && <span class="detail">is rented for it</span>}
        </>
      ),
  },
];
