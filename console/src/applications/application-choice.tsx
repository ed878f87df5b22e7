// The choice of an application, where something may lead to one.
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { type Resource, useResource } from '../live/use-resource.ts';
import { type Collected, collectPages } from '../parts/all-pages.ts';
import { SelectField } from '../parts/select-field.tsx';
import { useSession } from '../session/session.ts';

export type Applications = Collected<Schemas['Application']>;

export function useApplications(): Resource<Applications> {
  const { client } = useSession();
  return useResource(
    'applications of choice',
    (signal) =>
      collectPages((offset) =>
        answerOf(client.GET('/Application/', { params: { query: { offset } }, signal })),
      ),
    ['applications'],
  );
}

/** Returns the application's name; its id where the name is not known. */
export function nameOfApplication(applications: Applications | undefined, appId: string): string {
  return applications?.entries.find((entry) => entry.app_id === appId)?.app_name ?? appId;
}

interface Props {
  readonly label: string;
  readonly hint?: string;
  /** The label of the choice "none". */
  readonly none: string;
  readonly applications: Applications | undefined;
  /** Its id; empty for none. */
  readonly value: string;
  readonly onChange: (appId: string) => void;
}

export function ApplicationChoice({ label, hint, none, applications, value, onChange }: Props) {
  const entries = applications?.entries ?? [];
  const isListed = value === '' || entries.some((entry) => entry.app_id === value);
  const unlisted = isListed ? [] : [{ value, label: value }];
  return (
    <SelectField
      label={label}
      hint={hint}
      value={value}
      options={[
        { value: '', label: none },
        ...unlisted,
        ...entries.map((entry) => ({ value: entry.app_id, label: entry.app_name })),
      ]}
      onChange={onChange}
    />
  );
}
