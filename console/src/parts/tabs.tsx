// The pages of one thing, side by side. They are links: each has an address of its own.
import { useLocation } from 'preact-iso/router';

interface Tab {
  readonly href: string;
  readonly label: string;
  /** Where the path does not say it. */
  readonly isCurrent?: boolean;
}

export function Tabs({ label, tabs }: { readonly label: string; readonly tabs: readonly Tab[] }) {
  const { path } = useLocation();
  return (
    <nav class="tabs" aria-label={label}>
      {tabs.map(({ href, label: name, isCurrent = path === href }) => (
        <a key={href} href={href} aria-current={isCurrent ? 'page' : undefined}>
          {name}
        </a>
      ))}
    </nav>
  );
}
