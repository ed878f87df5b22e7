// Making an application.
import { useLocation } from 'preact-iso/router';
import { answerOf } from '../../../client/src/client.ts';
import { Page } from '../parts/page.tsx';
import { showToast } from '../parts/toasts.tsx';
import { useSession } from '../session/session.ts';
import { creationOf, emptyDraft } from './application-draft.ts';
import { ApplicationForm } from './application-form.tsx';

export function NewApplicationPage() {
  const { client } = useSession();
  const { route } = useLocation();
  return (
    <Page title="New application" parent={{ href: '/console/applications', label: 'Applications' }}>
      <ApplicationForm
        start={emptyDraft}
        isNew
        verb="Create application"
        save={async (draft) => {
          const { app_id: appId } = await answerOf(client.POST('/Application/', { body: creationOf(draft) }));
          showToast(`Application ${draft.name} created.`);
          route(`/console/applications/${appId}`);
        }}
      />
    </Page>
  );
}
