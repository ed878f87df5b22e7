// The filters of the pages of both logs, as the address has them.
import type { ComponentChildren } from 'preact';
import { Button } from '../parts/button.tsx';
import { TextField } from '../parts/text-field.tsx';
import type { ListAddress } from '../parts/use-address.ts';

/** The filters of both logs, as the address has them. */
export const noLogFilters = { api_id: '', who: '', path: '', since: '', before: '' };

/** Returns what the API is asked for by the filters of an address. */
export const logQueryOf = ({ api_id, who, path, since, before }: Readonly<Record<string, string>>) => ({
  ...(api_id && { api_id }),
  ...(who && { who }),
  ...(path && { path__startswith: path }),
  ...(since && { at__gte: since }),
  ...(before && { before }),
});

interface FiltersProps {
  readonly address: ListAddress;
  /** Changes that take every filter away; undefined where there is none. */
  readonly noFilters: Readonly<Record<string, string>> | undefined;
  /** Filters that the page has beside these. */
  readonly children?: ComponentChildren;
}

export function LogFilters({ address: { query, filter }, noFilters, children }: FiltersProps) {
  return (
    <form class="filters" aria-label="Filters" onSubmit={(event) => event.preventDefault()}>
      <TextField
        label="Who (auth id, key id or user)"
        class="code"
        value={query.who ?? ''}
        maxLength={255}
        spellcheck={false}
        onChange={(text) => filter({ who: text.trim(), before: '' })}
      />
      <TextField
        label="Path begins with"
        class="code"
        placeholder="Powerpack/"
        value={query.path ?? ''}
        maxLength={255}
        spellcheck={false}
        onChange={(text) => filter({ path: text.trim(), before: '' })}
      />
      <TextField
        label="Request (api_id)"
        class="code"
        value={query.api_id ?? ''}
        maxLength={36}
        spellcheck={false}
        onChange={(text) => filter({ api_id: text.trim(), before: '' })}
      />
      <TextField
        label="Since (UTC)"
        placeholder="2026-03-14"
        maxLength={40}
        value={query.since ?? ''}
        onChange={(text) => filter({ since: text.trim(), before: '' })}
      />
      {children}
      {noFilters !== undefined && (
        <Button kind="quiet" onClick={() => filter(noFilters)}>
          Show all
        </Button>
      )}
    </form>
  );
}
