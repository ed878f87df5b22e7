// The frame of every page: its title, what can be done with it, and what is shown while it loads or fails.
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { RucksackError } from '../../../client/src/client.ts';
import type { Resource } from '../live/use-resource.ts';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';

interface PageProps {
  readonly title: string;
  /** The way back up, above the title. */
  readonly parent?: { readonly href: string; readonly label: string };
  readonly actions?: ComponentChildren;
  readonly children: ComponentChildren;
}

export function Page({ title, parent, actions, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Rucksack`;
  }, [title]);
  return (
    <>
      <header class="page-header">
        <div>
          {parent !== undefined && (
            <a class="parent" href={parent.href}>
              {parent.label}
            </a>
          )}
          <h1 tabIndex={-1}>{title}</h1>
        </div>
        {actions !== undefined && <div class="actions">{actions}</div>}
      </header>
      {children}
    </>
  );
}

interface LoadedProps<Data> {
  readonly resource: Resource<Data>;
  readonly children: (data: Data) => ComponentChildren;
}

/** Shows the data once they are loaded, dimmed while they are old; a placeholder before, or the error with a button to try again. */
export function Loaded<Data>({ resource, children }: LoadedProps<Data>) {
  const { data, error, isStale, reload } = resource;
  return (
    <>
      {error !== undefined && (
        <Notice tone="bad">
          <ErrorText error={error} /> <Button onClick={reload}>Try again</Button>
        </Notice>
      )}
      {data !== undefined && (
        <div class={isStale ? 'loaded stale' : 'loaded'} aria-busy={isStale}>
          {children(data)}
        </div>
      )}
      {data === undefined && error === undefined && <Placeholder />}
    </>
  );
}

/** Shows that something is on its way, to readers who see and to those who listen. */
function Placeholder() {
  return (
    <div class="loading" aria-busy="true">
      <span class="visually-hidden">Loading …</span>
    </div>
  );
}

/** Shows a failure in the server's words, with the id by which its log knows the request. */
function ErrorText({ error }: { readonly error: Error }) {
  const id = error instanceof RucksackError && error.status >= 500 ? error.apiId : undefined;
  return (
    <>
      {error.message}
      {id !== undefined && (
        <>
          {' '}
          (request <code>{id}</code>)
        </>
      )}
    </>
  );
}
