// Which of the rented numbers are shown.
import { ApplicationChoice, type Applications } from '../applications/application-choice.tsx';
import { Button } from '../parts/button.tsx';
import { Field } from '../parts/field.tsx';
import type { ListAddress } from '../parts/use-address.ts';

export const filteredTypes = ['local', 'tollfree', 'mobile'] as const;
export const filteredServices = ['sms', 'mms'] as const;

interface Props {
  readonly address: ListAddress;
  readonly applications: Applications | undefined;
}

const names = ['starts', 'alias', 'type', 'services', 'application'];

export function NumberFilters({ address: { query, filter }, applications }: Props) {
  return (
    <form class="filters" aria-label="Filters" onSubmit={(event) => event.preventDefault()}>
      <Field label="Begins with, country code first">
        {(id) => (
          <input
            id={id}
            type="tel"
            maxLength={24}
            placeholder="+1 415"
            value={query.starts ?? ''}
            onChange={(event) => filter({ starts: event.currentTarget.value.trim() })}
          />
        )}
      </Field>
      <Field label="Alias">
        {(id) => (
          <input
            id={id}
            value={query.alias ?? ''}
            onChange={(event) => filter({ alias: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field label="Type">
        {(id) => (
          <select
            id={id}
            value={query.type ?? ''}
            onChange={(event) => filter({ type: event.currentTarget.value })}
          >
            <option value="">Any</option>
            <option value="local">Long code</option>
            <option value="tollfree">Toll-free</option>
            <option value="mobile">Mobile</option>
          </select>
        )}
      </Field>
      <Field label="Service">
        {(id) => (
          <select
            id={id}
            value={query.services ?? ''}
            onChange={(event) => filter({ services: event.currentTarget.value })}
          >
            <option value="">Any</option>
            <option value="sms">SMS</option>
            <option value="mms">MMS</option>
          </select>
        )}
      </Field>
      <ApplicationChoice
        label="Messages go to"
        none="Any application, or nobody"
        applications={applications}
        value={query.application ?? ''}
        onChange={(application) => filter({ application })}
      />
      {names.some((name) => query[name] !== undefined) && (
        <Button kind="quiet" onClick={() => filter(Object.fromEntries(names.map((name) => [name, ''])))}>
          Show all
        </Button>
      )}
    </form>
  );
}
