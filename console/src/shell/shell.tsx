// The shell around every page: menu, live mark, the signed-in account.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso/router';
import { Button } from '../parts/button.tsx';
import { Toasts } from '../parts/toasts.tsx';
import { useSession } from '../session/session.ts';
import { FindBar } from './find-bar.tsx';
import { LiveMark, LostNotice } from './live-mark.tsx';
import { menuEntries } from './menu-entries.ts';
import { RequestsDialog } from './requests-dialog.tsx';
import { ThemeSwitch } from './theme-switch.tsx';

interface Props {
  /** The pages; they call `onShown` when another one is shown. */
  readonly children: (onShown: () => void) => ComponentChildren;
}

export function Shell({ children }: Props) {
  const { account, signOut } = useSession();
  const { path } = useLocation();
  const [isOpen, setOpen] = useState(false);
  const [showsRequests, setShowsRequests] = useState(false);
  const content = useRef<HTMLElement>(null);
  useEffect(() => setOpen(false), [path]);

  return (
    <div class="shell">
      <button class="skip" type="button" onClick={() => content.current?.focus()}>
        Skip to the page
      </button>
      <header class="bar">
        <button
          class="menu-button"
          type="button"
          aria-expanded={isOpen}
          aria-controls="menu"
          onClick={() => setOpen(!isOpen)}
        >
          Menu
        </button>
        <a class="brand" href="/console/">
          Rucksack
        </a>
        <FindBar />
      </header>
      <nav id="menu" class={isOpen ? 'menu open' : 'menu'} aria-label="Console">
        <ul>
          {menuEntries.map(({ href, label }) => (
            <li key={href}>
              <a href={href} aria-current={isAt(path, href) ? 'page' : undefined}>
                {label}
              </a>
            </li>
          ))}
        </ul>
        <div class="whoami">
          <LiveMark />
          <span title={account.auth_id}>{account.name}</span>
          <a href="/docs" target="_blank" rel="noreferrer">
            API reference
          </a>
          <Button kind="quiet" onClick={() => setShowsRequests(true)}>
            By the API
          </Button>
          <ThemeSwitch />
          <Button kind="quiet" onClick={signOut}>
            Sign out
          </Button>
        </div>
      </nav>
      <main id="content" ref={content} tabIndex={-1}>
        {children(() => focusTitle(content.current))}
      </main>
      <LostNotice />
      <Toasts />
      {showsRequests && <RequestsDialog onClose={() => setShowsRequests(false)} />}
    </div>
  );
}

/** Moves the focus to the title of a new page, unless the page has moved the focus itself, or somebody is writing in the find bar by then. */
function focusTitle(main: HTMLElement | null): void {
  const focused = document.activeElement;
  if (main === null || main.contains(focused) || focused instanceof HTMLInputElement) return;
  main.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
}

/** Returns whether an address belongs to a menu entry. Every address begins with the overview's, so the overview must fit exactly. */
const isAt = (path: string, href: string): boolean =>
  href === '/console/' ? path === href || path === '/console' : path === href || path.startsWith(`${href}/`);
