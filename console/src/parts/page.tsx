// The frame of every page: its title, what can be done with it, and what is shown while it loads or fails.
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Resource } from '../live/use-resource.ts';
import { Button } from './button.tsx';
import { Failure } from './failure.tsx';

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
      <Failure error={error}>
        {' '}
        <Button onClick={reload}>Try again</Button>
      </Failure>
      {data !== undefined && <Dimmed when={isStale}>{children(data)}</Dimmed>}
      {data === undefined && error === undefined && <Placeholder />}
    </>
  );
}

interface DimmedProps {
  readonly when: boolean;
  readonly children: ComponentChildren;
}

/** Shows data, dimmed while they are old: what stands there is not yet what was asked for. */
export function Dimmed({ when, children }: DimmedProps) {
  return (
    <div class={when ? 'loaded stale' : 'loaded'} aria-busy={when}>
      {children}
    </div>
  );
}

interface TogetherProps {
  readonly resources: readonly Pick<Resource<unknown>, 'data' | 'error'>[];
  readonly children: ComponentChildren;
}

/** Shows its children once each of these has been answered, so that nothing moves as they come one after the other; a placeholder before. */
export function Together({ resources, children }: TogetherProps) {
  const isReady = resources.every(({ data, error }) => data !== undefined || error !== undefined);
  return isReady ? children : <Placeholder />;
}

/** Shows that something is on its way, to readers who see and to those who listen. */
function Placeholder() {
  return (
    <div class="loading" aria-busy="true">
      <span class="visually-hidden">Loading …</span>
    </div>
  );
}
