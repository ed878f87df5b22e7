// Deleting a powerpack: first what it would do, then the question.

import { useState } from 'preact/hooks';
import { useLocation, useRoute } from 'preact-iso/router';
import { answerOf } from '../../../client/src/client.ts';
import { useResource } from '../live/use-resource.ts';
import { ButtonLink } from '../parts/button.tsx';
import { Loaded } from '../parts/page.tsx';
import { useAction } from '../parts/use-action.ts';
import { useSession } from '../session/session.ts';
import { DeleteConfirmation } from './delete-confirmation.tsx';
import { DeletionPlan } from './deletion-plan.tsx';
import { NumbersChoice } from './numbers-choice.tsx';
import { type Powerpack, PowerpackFrame } from './powerpack-frame.tsx';

export function DeletePowerpackPage() {
  const { uuid = '' } = useRoute().params;
  return (
    <PowerpackFrame uuid={uuid}>
      {(powerpack) => (
        <>
          <h2>Delete “{powerpack.name}”</h2>
          {powerpack.deletion_protection ? (
            <Protected powerpack={powerpack} />
          ) : (
            <Deletion powerpack={powerpack} />
          )}
        </>
      )}
    </PowerpackFrame>
  );
}

function Protected({ powerpack }: { readonly powerpack: Powerpack }) {
  return (
    <section class="card">
      <h3>It is protected from deletion</h3>
      <p>Deletion protection is on. Switch it off and save, then come back here.</p>
      <ButtonLink kind="primary" href={`/console/powerpacks/${powerpack.uuid}/settings#protection`}>
        Go to deletion protection
      </ButtonLink>
    </section>
  );
}

function Deletion({ powerpack }: { readonly powerpack: Powerpack }) {
  const { client } = useSession();
  const { route } = useLocation();
  const [unrent, setUnrent] = useState(false);
  const path = { powerpack_uuid: powerpack.uuid };
  const plans = useResource(
    `deletion plans ${powerpack.uuid}`,
    async (signal) => {
      const plan = (unrent_numbers: boolean) =>
        answerOf(
          client.GET('/Powerpack/{powerpack_uuid}/DeletePlan/', {
            params: { path, query: { unrent_numbers } },
            signal,
          }),
        );
      const [keeping, unrenting] = await Promise.all([plan(false), plan(true)]);
      return { keeping, unrenting };
    },
    ['powerpacks', 'numbers', 'messages'],
  );
  const deletion = useAction(async () => {
    const body = unrent ? { unrent_numbers: true } : {};
    await answerOf(client.DELETE('/Powerpack/{powerpack_uuid}/', { params: { path }, body }));
    route(`/console/powerpacks?undo=${powerpack.uuid}`);
  });

  return (
    <Loaded resource={plans}>
      {({ keeping, unrenting }) => (
        <div class="deletion">
          <NumbersChoice keeping={keeping} unrenting={unrenting} unrent={unrent} onChoose={setUnrent} />
          <DeletionPlan plan={unrent ? unrenting : keeping} />
          <DeleteConfirmation powerpack={powerpack} deletion={deletion} />
        </div>
      )}
    </Loaded>
  );
}
