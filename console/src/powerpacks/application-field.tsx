// Which application gets the replies: chosen from the account's.
import { useState } from 'preact/hooks';
import { answerOf, type RucksackClient, type Schemas } from '../../../client/src/client.ts';
import { useResource } from '../live/use-resource.ts';
import { Button } from '../parts/button.tsx';
import { Failure } from '../parts/failure.tsx';
import { Field } from '../parts/field.tsx';
import { count } from '../parts/format.ts';
import { pageSize } from '../parts/pager.tsx';
import { useSession } from '../session/session.ts';
import type { PowerpackSettings } from './powerpack-settings.ts';

type Chosen = Pick<PowerpackSettings, 'application_id' | 'application_type'>;
type Application = Schemas['Application'];

interface Props {
  readonly chosen: Chosen;
  readonly onChoose: (chosen: Chosen) => void;
}

export function ApplicationField({ chosen, onChoose }: Props) {
  const { client } = useSession();
  const [pages, setPages] = useState(1);
  const { data, error, reload } = useResource(
    `applications to choose ${pages} ${chosen.application_id}`,
    (signal) => loadApplications(client, pages, chosen.application_id, signal),
    ['applications'],
  );
  const applications = data?.applications ?? [];
  const choose = (id: string) => {
    const application = applications.find(({ app_id }) => app_id === id);
    onChoose({ application_id: id, application_type: application?.application_type ?? '' });
  };
  const isUnknown = !['', ...applications.map(({ app_id }) => app_id)].includes(chosen.application_id);

  return (
    <Field
      label="Application"
      hint="Where replies to the members go while they are in this pool. Without one, each number's own application gets them."
    >
      {(id) => (
        <>
          <select
            id={id}
            value={chosen.application_id}
            onChange={(event) => choose(event.currentTarget.value)}
          >
            <option value="">None</option>
            {isUnknown && <option value={chosen.application_id}>{chosen.application_id}</option>}
            {applications.map(({ app_id, app_name, application_type }) => (
              <option key={app_id} value={app_id}>
                {app_name} ({application_type})
              </option>
            ))}
          </select>
          {data !== undefined && data.total > pages * pageSize && (
            <Button kind="quiet" onClick={() => setPages(pages + 1)}>
              Offer more of {count(data.total)} applications
            </Button>
          )}
          <Failure error={error}>
            {' '}
            <Button onClick={reload}>Try again</Button>
          </Failure>
        </>
      )}
    </Field>
  );
}

/** Loads some pages of the account's applications, and the chosen one, wherever it is in the list. */
async function loadApplications(
  client: RucksackClient,
  pages: number,
  chosenId: string,
  signal: AbortSignal,
): Promise<{ readonly total: number; readonly applications: readonly Application[] }> {
  const lists = await Promise.all(
    Array.from({ length: pages }, (_, page) =>
      answerOf(client.GET('/Application/', { params: { query: { offset: page * pageSize } }, signal })),
    ),
  );
  const applications = lists.flatMap(({ objects }) => objects);
  const isThere = chosenId === '' || applications.some(({ app_id }) => app_id === chosenId);
  const chosen = isThere
    ? []
    : [
        await answerOf(
          client.GET('/Application/{app_id}/', { params: { path: { app_id: chosenId } }, signal }),
        ),
      ];
  return { total: lists[0]?.meta.total_count ?? 0, applications: [...chosen, ...applications] };
}
