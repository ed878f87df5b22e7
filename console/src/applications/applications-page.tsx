// All applications, each with the URL for incoming messages.
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { useResource } from '../live/use-resource.ts';
import { Badge } from '../parts/badge.tsx';
import { ButtonLink } from '../parts/button.tsx';
import { type Column, DataTable } from '../parts/data-table.tsx';
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
            {objects.length === 0 ? (
              <div class="card">
                <Empty title="No applications yet">
                  <p>Until there is one, incoming messages are only stored.</p>
                  {newApplication}
                </Empty>
              </div>
            ) : (
              <DataTable
                label="Applications"
                class="applications"
                rows={objects}
                keyOf={({ app_id: id }) => id}
                columns={columns}
              />
            )}
            <Pager offset={offset} total={meta.total_count} onMove={move} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

const columns: readonly Column<Schemas['Application']>[] = [
  {
    id: 'name',
    label: 'Name',
    kind: 'name',
    isHeader: true,
    cell: ({ app_id: id, app_name: name, default_app: isDefault }) => (
      <>
        <a href={`/console/applications/${id}`}>{name}</a> {isDefault && <Badge tone="info">Default</Badge>}
      </>
    ),
  },
  { id: 'type', label: 'Type', cell: ({ application_type: type }) => type },
  {
    id: 'url',
    label: 'Message URL',
    onPhone: 'line',
    cell: ({ message_url: url, message_method: method }) =>
      url === '' ? (
        <span class="quiet">none</span>
      ) : (
        <span class="long-url" title={url}>
          <span class="quiet">{method}</span> {url}
        </span>
      ),
  },
  {
    id: 'stores',
    label: 'Stores messages',
    cell: ({ log_incoming_messages: stores }) => (stores ? 'yes' : 'no'),
  },
  { id: 'id', label: 'Id', kind: 'code', onPhone: 'line', cell: ({ app_id: id }) => id },
];
