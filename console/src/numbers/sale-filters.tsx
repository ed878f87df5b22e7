// Which of the numbers for sale are shown.
import { Field } from '../parts/field.tsx';
import type { ListAddress } from '../parts/use-address.ts';

export const soldCountries = ['US', 'CA'] as const;
export const soldTypes = ['local', 'tollfree'] as const;

export function SaleFilters({ address: { query, filter } }: { readonly address: ListAddress }) {
  return (
    <form class="filters" aria-label="Filters" onSubmit={(event) => event.preventDefault()}>
      <Field label="Country">
        {(id) => (
          <select
            id={id}
            value={query.country ?? 'US'}
            onChange={(event) => filter({ country: event.currentTarget.value })}
          >
            <option value="US">United States</option>
            <option value="CA">Canada</option>
          </select>
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
            <option value="tollfree">Toll-free (sold as US numbers)</option>
          </select>
        )}
      </Field>
      <Field label="Begins with">
        {(id) => (
          <input
            id={id}
            type="tel"
            maxLength={24}
            placeholder="415"
            value={query.pattern ?? ''}
            onChange={(event) => filter({ pattern: event.currentTarget.value.trim() })}
          />
        )}
      </Field>
      <Field label="State or province">
        {(id) => (
          <input
            id={id}
            placeholder="CA or California"
            value={query.region ?? ''}
            onChange={(event) => filter({ region: event.currentTarget.value.trim() })}
          />
        )}
      </Field>
    </form>
  );
}
