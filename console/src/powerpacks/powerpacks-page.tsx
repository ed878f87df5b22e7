// All powerpacks of the account, and the way to a first one; what was deleted can be brought back.

import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso/router';
import { Button, ButtonLink } from '../parts/button.tsx';
import { Empty } from '../parts/empty.tsx';
import { counted } from '../parts/format.ts';
import { orderOf, orderText } from '../parts/order-text.ts';
import { Loaded, Page } from '../parts/page.tsx';
import { Pager } from '../parts/pager.tsx';
import { DeletedPowerpacks } from './deleted-powerpacks.tsx';
import { FirstPowerpack } from './first-powerpack.tsx';
import { addressOf, deletedOrders, type ListView, orders, viewOf } from './list-address.ts';
import { NameSearch } from './name-search.tsx';
import { PowerpackTable } from './powerpack-table.tsx';
import type { Restoration } from './restore-button.tsx';
import { JustDeleted, Restored } from './undo-notices.tsx';
import { usePowerpackList } from './use-powerpack-list.ts';

export function PowerpacksPage() {
  const { query, route } = useLocation();
  const view = viewOf(query);
  const show = (change: Partial<ListView>, replace = false) =>
    route(addressOf({ ...view, ...change }), replace);
  const { powerpacks, deleted } = usePowerpackList(view);
  const [restored, setRestored] = useState<Restoration>();
  const onRestored = (restoration: Restoration) => {
    setRestored(restoration);
    show({ undo: '' }, true);
  };
  const isFirst = view.name === '' && powerpacks.data?.meta.total_count === 0;

  return (
    <Page
      title="Powerpacks"
      actions={
        <ButtonLink kind="primary" href="/console/powerpacks/new">
          New powerpack
        </ButtonLink>
      }
    >
      {restored !== undefined && <Restored restoration={restored} />}
      <JustDeleted
        powerpack={deleted.data?.objects.find(({ uuid }) => uuid === view.undo)}
        onRestored={onRestored}
      />
      {!isFirst && (
        <NameSearch
          label="Find by name"
          name={view.name}
          onSearch={(name) => show({ name, offset: 0 }, true)}
        />
      )}
      <Loaded resource={powerpacks}>
        {({ objects, meta, applications }) => (
          <>
            {isFirst && <FirstPowerpack />}
            {!isFirst && objects.length === 0 && (
              <NothingHere onShowAll={() => show({ name: '', offset: 0 })} />
            )}
            {objects.length > 0 && (
              <PowerpackTable
                powerpacks={objects}
                applications={applications}
                order={{
                  order: view.order,
                  onSort: (order) => show({ order: orderOf(orders, orderText(order)), offset: 0 }),
                }}
              />
            )}
            <p class="visually-hidden" role="status">
              {counted(meta.total_count, 'powerpack')}
            </p>
            <Pager offset={view.offset} total={meta.total_count} onMove={(offset) => show({ offset })} />
          </>
        )}
      </Loaded>
      <Loaded resource={deleted}>
        {({ objects, meta }) =>
          meta.total_count > 0 && (
            <section class="deleted">
              <h2 id="deleted">Recently deleted</h2>
              <DeletedPowerpacks
                deleted={objects}
                order={{
                  order: view.deletedOrder,
                  onSort: (order) =>
                    show({ deletedOrder: orderOf(deletedOrders, orderText(order)), deletedOffset: 0 }),
                }}
                onRestored={onRestored}
              />
              <Pager
                of="Recently deleted powerpacks"
                offset={view.deletedOffset}
                total={meta.total_count}
                onMove={(deletedOffset) => show({ deletedOffset })}
              />
            </section>
          )
        }
      </Loaded>
    </Page>
  );
}

function NothingHere({ onShowAll }: { readonly onShowAll: () => void }) {
  return (
    <div class="card">
      <Empty title="No powerpack is to be shown here">
        <p>None has this in its name, or there are fewer pages by now.</p>
        <Button onClick={onShowAll}>Show all powerpacks</Button>
      </Empty>
    </div>
  );
}
