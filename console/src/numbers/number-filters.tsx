// Which of the rented numbers are shown.
import { ApplicationChoice, type Applications } from '../applications/application-choice.tsx';
import { Button } from '../parts/button.tsx';
import { SelectField } from '../parts/select-field.tsx';
import { TextField } from '../parts/text-field.tsx';
import type { ListAddress } from '../parts/use-address.ts';

export const filteredTypes = ['local', 'tollfree', 'mobile'] as const;
export const filteredServices = ['sms', 'mms'] as const;

interface Props {
  readonly address: ListAddress;
  readonly applications: Applications | undefined;
}

const names = ['starts', 'alias', 'type', 'services', 'application'];

const types = [
  { value: '', label: 'Any' },
  { value: 'local', label: 'Long code' },
  { value: 'tollfree', label: 'Toll-free' },
  { value: 'mobile', label: 'Mobile' },
];
const services = [
  { value: '', label: 'Any' },
  { value: 'sms', label: 'SMS' },
  { value: 'mms', label: 'MMS' },
];

export function NumberFilters({ address: { query, filter }, applications }: Props) {
  return (
    <form class="filters" aria-label="Filters" onSubmit={(event) => event.preventDefault()}>
      <TextField
        label="Begins with, country code first"
        type="tel"
        maxLength={24}
        placeholder="+1 415"
        value={query.starts ?? ''}
        onChange={(text) => filter({ starts: text.trim() })}
      />
      <TextField label="Alias" value={query.alias ?? ''} onChange={(text) => filter({ alias: text })} />
      <SelectField
        label="Type"
        value={query.type ?? ''}
        options={types}
        onChange={(type) => filter({ type })}
      />
      <SelectField
        label="Service"
        value={query.services ?? ''}
        options={services}
        onChange={(chosen) => filter({ services: chosen })}
      />
      <ApplicationChoice
        label="Messages go to"
        none="Any application, or none"
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
