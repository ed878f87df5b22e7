// A question before what was entered is lost.
import { useEffect } from 'preact/hooks';

const question = 'Leave without saving? What you changed is lost.';

/** The address of the page on which something is not saved. */
let unsavedAt: string | undefined;

// Back and forward are told to the window alone, whose listeners come in the order in which they were added: this one, added while the
// console is loaded, comes before the router's.
addEventListener('popstate', (event) => {
  if (unsavedAt === undefined || isSamePage(unsavedAt) || confirm(question)) return;
  event.stopImmediatePropagation();
  // The browser has moved already. Whether back or forward it does not say, so this page becomes the newest.
  history.pushState(null, '', unsavedAt);
});

/** Asks whoever follows a link, goes back or forward, reloads or closes the page, for as long as something is not saved. */
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

/** A link that opens elsewhere, such as with the control key, leaves nothing. */
function isWayOut({ target, ctrlKey, metaKey, shiftKey, button }: MouseEvent): boolean {
  return (
    !(ctrlKey || metaKey || shiftKey) &&
    button === 0 &&
    target instanceof Element &&
    target.closest('a[href]') !== null
  );
}

/** Another place on the page, such as `#protection`, leaves nothing either. */
function isSamePage(here: string): boolean {
  const { pathname, search } = new URL(here);
  return location.pathname === pathname && location.search === search;
}
