// The frame of every page: its title, what can be done with it, and what is shown while it loads or fails.
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
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

/** Shows the data once they are loaded, a placeholder before, or the error with a button to try again. */
export function Loaded<Data>({ resource: { data, error, reload }, children }: LoadedProps<Data>) {
  return (
    <>
      {error !== undefined && (
        <Notice tone="bad">
          {error.message} <Button onClick={reload}>Try again</Button>
        </Notice>
      )}
      {data !== undefined && children(data)}
      {data === undefined && error === undefined && <div class="loading" aria-busy="true" />}
    </>
  );
}
