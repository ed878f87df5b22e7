// Carriers and the routes to them: how they are, and every change of them. For the operator's account.
import { answerOf } from '../../../client/src/client.ts';
import { unlessMissing } from '../live/missing.ts';
import { useEvery } from '../live/use-every.ts';
import { useResource } from '../live/use-resource.ts';
import { collectPages } from '../parts/all-pages.ts';
import { Notice } from '../parts/notice.tsx';
import { Loaded, Page } from '../parts/page.tsx';
import { useSession } from '../session/session.ts';
import { CarriersSection } from './carriers-section.tsx';
import { RoutesSection } from './routes-section.tsx';

/** Changes of a carrier's state are not announced. */
const askEveryMs = 5000;

export function CarriersPage() {
  const { client } = useSession();
  const carriers = useResource(
    'carriers',
    (signal) =>
      unlessMissing(
        collectPages((offset) =>
          answerOf(client.GET('/Carrier/', { params: { query: { offset } }, signal })),
        ),
      ),
    ['carriers'],
  );
  useEvery(askEveryMs, carriers.reload);
  return (
    <Page title="Carriers">
      <Loaded resource={carriers}>
        {(list) =>
          list === null ? (
            <Notice tone="info">
              Carriers and routes belong to the operator of the server: its account sees them here.
            </Notice>
          ) : (
            <>
              <CarriersSection carriers={list.entries} reload={carriers.reload} />
              <RoutesSection carriers={list.entries} />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}
