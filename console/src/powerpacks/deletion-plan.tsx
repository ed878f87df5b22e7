// The plan of a deletion, point by point, as the server gives it.
import { Fragment } from 'preact';
import { answerOf, type RucksackClient } from '../../../client/src/client.ts';
import { useResource } from '../live/use-resource.ts';
import { Badge } from '../parts/badge.tsx';
import { useSession } from '../session/session.ts';
import { consequencesOf, type DeletePlan } from './deletion-consequences.ts';

export function DeletionPlan({ plan }: { readonly plan: DeletePlan }) {
  const { client } = useSession();
  const application = useResource(
    `application name ${plan.application_id}`,
    (signal) => nameOf(client, plan.application_id, signal),
    ['applications'],
  );
  const name = plan.application_id === '' ? undefined : (application.data ?? plan.application_id);
  return (
    <section class="card" aria-live="polite">
      <h3>What the deletion does</h3>
      <dl class="facts">
        {consequencesOf(plan, name).map(({ what, words, isFinal }) => (
          <Fragment key={what}>
            <dt>{what}</dt>
            <dd>
              {words} {isFinal && <Badge tone="bad">Cannot be undone</Badge>}
            </dd>
          </Fragment>
        ))}
      </dl>
    </section>
  );
}

/** Returns the name; `undefined` for none. */
async function nameOf(
  client: RucksackClient,
  appId: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (appId === '') return undefined;
  const params = { path: { app_id: appId } };
  return (await answerOf(client.GET('/Application/{app_id}/', { params, signal }))).app_name;
}
