// A question before what was entered is lost.
import { useEffect } from 'preact/hooks';

const question = 'Leave without saving? What you changed is lost.';

/** The address of the page on which something is not saved. */
let unsavedAt: string | undefined;

/**
 * Asks before back or forward leaves a page on which something is not saved. Only the window gets these events, and its listeners come in the
 * order in which they were added: the console calls this before the router adds its own.
 */
export function askBeforeBack(): void {
  addEventListener('popstate', (event) => {
    if (unsavedAt === undefined || isSamePage(unsavedAt) || confirm(question)) return;
    event.stopImmediatePropagation();
    // The browser has moved already. Whether back or forward it does not say, so this page becomes the newest.
    history.pushState(null, '', unsavedAt);
  });
}

/** Asks before a link, back, forward, reload or close leaves the page, for as long as something is not saved. */
export function useLeavingQuestion(isUnsaved: boolean): void {
  useEffect(() => {
    if (!isUnsaved) return;
    const ending = new AbortController();
    const { signal } = ending;
    addEventListener('beforeunload', (event) => event.preventDefault(), { signal });
    // In the capture phase: the router listens for clicks too, and would be gone to the other page first.
    const options = { signal, capture: true };
    addEventListener(
      'click',
      (event) => {
        if (!isWayOut(event) || confirm(question)) return;
        event.preventDefault();
        event.stopImmediatePropagation();
      },
      options,
    );
    unsavedAt = location.href;
    return () => {
      unsavedAt = undefined;
      ending.abort();
    };
  }, [isUnsaved]);
}

/** Returns whether a click leaves the page; a link that opens elsewhere, such as with the control key, does not. */
function isWayOut({ target, ctrlKey, metaKey, shiftKey, button }: MouseEvent): boolean {
  return (
    !(ctrlKey || metaKey || shiftKey) &&
    button === 0 &&
    target instanceof Element &&
    target.closest('a[href]') !== null
  );
}

/** Returns whether a link leads to another place on the same page, such as `#protection`. */
function isSamePage(here: string): boolean {
  const { pathname, search } = new URL(here);
  return location.pathname === pathname && location.search === search;
}
