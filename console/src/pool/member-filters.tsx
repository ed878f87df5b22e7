// Which members are listed.
import { Button } from '../parts/button.tsx';
import { digitsOf } from '../parts/format.ts';
import { SelectField } from '../parts/select-field.tsx';
import { TextField } from '../parts/text-field.tsx';
import { kindWords } from './member-words.ts';
import {
  type Health,
  healths,
  isFiltered,
  type Kind,
  kinds,
  narrowed,
  type PoolView,
  type Service,
  services,
} from './pool-address.ts';
import { RegionSelect } from './region-select.tsx';
import type { Region } from './regions.ts';

interface Props {
  readonly view: PoolView;
  readonly regions: readonly Region[];
  readonly onChange: (view: PoolView) => void;
}

const addedFor: Readonly<Record<Service, string>> = { sms: 'SMS only', mms: 'SMS and MMS' };
const healthWords: Readonly<Record<Health, string>> = { healthy: 'Healthy', unhealthy: 'Unhealthy' };

export function MemberFilters({ view, regions, onChange }: Props) {
  const narrow = (change: Partial<PoolView>): void => onChange(narrowed(view, change));
  return (
    <search class="filters" aria-label="Members">
      <TextField
        label="Number begins with"
        type="search"
        inputMode="tel"
        placeholder="1415 or 415"
        value={view.search}
        onChange={(text) => narrow({ search: digitsOf(text) })}
      />
      <Choice<Kind>
        label="Type"
        value={view.kind}
        values={kinds}
        words={kindWords}
        onChange={(kind) => narrow({ kind })}
      />
      <RegionSelect
        label="State or province"
        any="All"
        regions={regions}
        region={view.region}
        onChange={(region) => narrow({ region })}
      />
      <Choice<Service>
        label="Service"
        value={view.service}
        values={services}
        words={addedFor}
        onChange={(service) => narrow({ service })}
      />
      <Choice<Health>
        label="Health"
        value={view.health}
        values={healths}
        words={healthWords}
        onChange={(health) => narrow({ health })}
      />
      {isFiltered(view) && (
        <Button
          kind="quiet"
          onClick={() =>
            narrow({ search: '', kind: undefined, service: undefined, health: undefined, region: undefined })
          }
        >
          Show all
        </Button>
      )}
    </search>
  );
}

interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly value: Value | undefined;
  readonly values: readonly Value[];
  readonly words: Readonly<Record<Value, string>>;
  readonly onChange: (value: Value | undefined) => void;
}

function Choice<Value extends string>({ label, value, values, words, onChange }: ChoiceProps<Value>) {
  return (
    <SelectField
      label={label}
      value={value ?? ''}
      options={[{ value: '', label: 'All' }, ...values.map((one) => ({ value: one, label: words[one] }))]}
      onChange={(chosen) => onChange(chosen === '' ? undefined : chosen)}
    />
  );
}
