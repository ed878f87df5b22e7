// Which of the numbers for sale are shown.
import { SelectField } from '../parts/select-field.tsx';
import { TextField } from '../parts/text-field.tsx';
import type { ListAddress } from '../parts/use-address.ts';

export const soldCountries = ['US', 'CA'] as const;
export const soldTypes = ['local', 'tollfree'] as const;

const countries = [
  { value: 'US', label: 'United States' },
  { value: 'CA', label: 'Canada' },
];
const types = [
  { value: '', label: 'Any' },
  { value: 'local', label: 'Long code' },
  { value: 'tollfree', label: 'Toll-free (sold as US numbers)' },
];

export function SaleFilters({ address: { query, filter } }: { readonly address: ListAddress }) {
  return (
    <form class="filters" aria-label="Filters" onSubmit={(event) => event.preventDefault()}>
      <SelectField
        label="Country"
        value={query.country ?? 'US'}
        options={countries}
        onChange={(country) => filter({ country })}
      />
      <SelectField
        label="Type"
        value={query.type ?? ''}
        options={types}
        onChange={(type) => filter({ type })}
      />
      <TextField
        label="Begins with"
        type="tel"
        maxLength={24}
        placeholder="415"
        value={query.pattern ?? ''}
        onChange={(text) => filter({ pattern: text.trim() })}
      />
      <TextField
        label="State or province"
        placeholder="CA or California"
        value={query.region ?? ''}
        onChange={(text) => filter({ region: text.trim() })}
      />
    </form>
  );
}
