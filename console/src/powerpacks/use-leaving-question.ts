// A question before what was entered is lost.
import { useEffect } from 'preact/hooks';

const question = 'Leave without saving? What you changed is lost.';

/** Asks whoever follows a link, reloads or closes the page, for as long as something is not saved. */
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
    return () => ending.abort();
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
