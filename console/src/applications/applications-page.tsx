// All applications, each with the URL for incoming messages.
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { useResource } from '../live/use-resource.ts';
import { Badge } from '../parts/badge.tsx';
import { ButtonLink } from '../parts/button.tsx';
import { Empty } from '../parts/empty.tsx';
import { Loaded, Page } from '../parts/page.tsx';
import { Pager } from '../parts/pager.tsx';
import { useAddress } from '../parts/use-address.ts';
import { useSession } from '../session/session.ts';

const newApplication = (
  <ButtonLink kind="primary" href="/console/applications/new">
    New application
  </ButtonLink>
);

export function ApplicationsPage() {
  const { client } = useSession();
  const { offset, move } = useAddress();
  const list = useResource(
    `applications ${offset}`,
    (signal) => answerOf(client.GET('/Application/', { params: { query: { offset } }, signal })),
    ['applications'],
    { keepsPrevious: true },
  );
  return (
    <Page title="Applications" actions={newApplication}>
      <p class="quiet">
        An application says which of your URLs is called when a message comes in. Numbers lead to one, and
        powerpacks to one for all their numbers.
      </p>
      <Loaded resource={list}>
        {({ meta, objects }) => (
          <>
            <div class="card table">
              {objects.length === 0 ? (
                <Empty title="No applications yet">
                  <p>Until there is one, incoming messages are only stored.</p>
                  {newApplication}
                </Empty>
              ) : (
                <ApplicationTable applications={objects} />
              )}
            </div>
            <Pager offset={offset} total={meta.total_count} onMove={move} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function ApplicationTable({ applications }: { readonly applications: readonly Schemas['Application'][] }) {
  return (
    <table class="applications">
      <caption class="visually-hidden">Applications</caption>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Type</th>
          <th scope="col">Message URL</th>
          <th scope="col">Stores messages</th>
          <th scope="col">Id</th>
        </tr>
      </thead>
      <tbody>
        {applications.map((application) => (
          <tr key={application.app_id}>
            <td>
              <a href={`/console/applications/${application.app_id}`}>{application.app_name}</a>{' '}
              {application.default_app && <Badge tone="info">Default</Badge>}
            </td>
            <td>{application.application_type}</td>
            <td class="long-url" title={application.message_url}>
              {application.message_url === '' ? (
                <span class="quiet">none</span>
              ) : (
                <>
                  <span class="quiet">{application.message_method}</span> {application.message_url}
                </>
              )}
            </td>
            <td>{application.log_incoming_messages ? 'yes' : 'no'}</td>
            <td class="code">{application.app_id}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
