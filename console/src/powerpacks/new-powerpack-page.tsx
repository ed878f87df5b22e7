// Making a powerpack: a name is enough.

import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso/router';
import { answerOf } from '../../../client/src/client.ts';
import { Button, ButtonLink } from '../parts/button.tsx';
import { Failure } from '../parts/failure.tsx';
import { Page } from '../parts/page.tsx';
import { showToast } from '../parts/toasts.tsx';
import { useAction } from '../parts/use-action.ts';
import { useLeavingQuestion } from '../parts/use-leaving-question.ts';
import { useSession } from '../session/session.ts';
import { nameRefusalIn, PowerpackFields } from './powerpack-fields.tsx';
import { changesBetween, defaultSettings } from './powerpack-settings.ts';

export function NewPowerpackPage() {
  const { client } = useSession();
  const { route } = useLocation();
  const [settings, setSettings] = useState(defaultSettings);
  const creation = useAction(async () => {
    const body = { ...changesBetween(defaultSettings, settings), name: settings.name.trim() };
    const { uuid, name } = await answerOf(client.POST('/Powerpack/', { body }));
    showToast(`“${name}” was created. It needs a number to send from.`);
    route(`/console/powerpacks/${uuid}`);
  });

  const nameRefusal = nameRefusalIn(creation.error);
  useLeavingQuestion(settings !== defaultSettings);

  return (
    <Page title="New powerpack" parent={{ href: '/console/powerpacks', label: 'Powerpacks' }}>
      <p class="lead">
        A powerpack sends each message from the member of its pool that suits it best. Only the name is
        needed; everything else can be changed later.
      </p>
      <form
        class="powerpack-form"
        onSubmit={(event) => {
          event.preventDefault();
          void creation.run();
        }}
      >
        <PowerpackFields
          settings={settings}
          nameRefusal={nameRefusal}
          onChange={(changes) => setSettings((before) => ({ ...before, ...changes }))}
        />
        <div class="save-bar">
          <Failure error={nameRefusal === undefined ? creation.error : undefined} />
          <p class="quiet">Next: rent a number for it, then send.</p>
          <ButtonLink href="/console/powerpacks">Cancel</ButtonLink>
          <Button kind="primary" type="submit" busy={creation.isRunning}>
            Create powerpack
          </Button>
        </div>
      </form>
    </Page>
  );
}
