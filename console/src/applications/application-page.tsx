// One application: its settings, the powerpacks and numbers that lead to it, and its deletion.
import { useState } from 'preact/hooks';
import { useLocation, useRoute } from 'preact-iso/router';
import { answerOf } from '../../../client/src/client.ts';
import { isMissing } from '../live/missing.ts';
import { useResource } from '../live/use-resource.ts';
import { Badge } from '../parts/badge.tsx';
import { Button, ButtonLink } from '../parts/button.tsx';
import { Confirm } from '../parts/confirm.tsx';
import { Empty } from '../parts/empty.tsx';
import { Loaded, Page } from '../parts/page.tsx';
import { showToast } from '../parts/toasts.tsx';
import { useSession } from '../session/session.ts';
import { type Application, changeOf, draftOf } from './application-draft.ts';
import { ApplicationForm } from './application-form.tsx';
import { DependantList, useDependants } from './dependants.tsx';

const parent = { href: '/console/applications', label: 'Applications' };

export function ApplicationPage() {
  const { client } = useSession();
  const { route } = useLocation();
  const { id = '' } = useRoute().params;
  const [isDeleting, setDeleting] = useState(false);
  const params = { path: { app_id: id } };
  const application = useResource(
    `application ${id}`,
    (signal) => answerOf(client.GET('/Application/{app_id}/', { params, signal })),
    ['applications'],
  );
  if (isMissing(application.error)) return <MissingApplication />;
  return (
    <Page
      title={application.data?.app_name ?? 'Application'}
      parent={parent}
      actions={
        <Button disabled={application.data === undefined} onClick={() => setDeleting(true)}>
          Delete …
        </Button>
      }
    >
      <Loaded resource={application}>
        {(shown) => (
          <>
            <Facts application={shown} />
            <ApplicationForm
              start={draftOf(shown)}
              isNew={false}
              verb="Save changes"
              save={async (draft) => {
                await answerOf(client.POST('/Application/{app_id}/', { params, body: changeOf(draft) }));
                showToast('Saved. It holds from the next message on.');
              }}
            />
            <Dependants appId={id} />
          </>
        )}
      </Loaded>
      {isDeleting && application.data !== undefined && (
        <Confirm
          title={`Delete ${application.data.app_name}?`}
          verb="Delete application"
          act={async () => {
            await answerOf(client.DELETE('/Application/{app_id}/', { params, body: {} }));
            showToast(`Application ${application.data?.app_name} deleted.`);
            route('/console/applications', true);
          }}
          onClose={() => setDeleting(false)}
        >
          <p>
            It cannot be restored. Powerpacks and numbers that lead to it are detached: their incoming
            messages are only stored, until they lead to another application.
          </p>
          <Dependants appId={id} />
        </Confirm>
      )}
    </Page>
  );
}

function Facts({ application }: { readonly application: Application }) {
  return (
    <section class="card" aria-label="Identity">
      <dl class="facts">
        <dt>Application id</dt>
        <dd class="code">{application.app_id}</dd>
        <dt>Type</dt>
        <dd>
          {application.application_type} {application.default_app && <Badge tone="info">Default</Badge>}
        </dd>
      </dl>
    </section>
  );
}

function Dependants({ appId }: { readonly appId: string }) {
  const dependants = useDependants(appId);
  return (
    <section class="card dependants">
      <h2>Leads here</h2>
      <Loaded resource={dependants}>{(found) => <DependantList dependants={found} />}</Loaded>
    </section>
  );
}

function MissingApplication() {
  return (
    <Page title="No such application" parent={parent}>
      <div class="card">
        <Empty title="This account has no application at this address">
          <p>It may have been deleted.</p>
          <ButtonLink href="/console/applications">Back to the applications</ButtonLink>
        </Empty>
      </div>
    </Page>
  );
}
