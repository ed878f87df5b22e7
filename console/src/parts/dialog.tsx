// A question in front of the page. The browser's own dialog keeps the focus inside and closes at Escape.
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';

interface Props {
  readonly title: string;
  /** Called when it is closed, in whatever way. */
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** Shows a dialog for as long as it is rendered. Afterwards the focus is where it was, or on the page if that is gone. */
export function Dialog({ title, onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    // While the dialog is still there, nothing behind it can have the focus.
    return () => queueMicrotask(() => giveFocus(before));
  }, []);
  return (
    <dialog ref={dialog} aria-labelledby={titleId} onClose={onClose}>
      <h2 id={titleId}>{title}</h2>
      {children}
    </dialog>
  );
}

function giveFocus(before: Element | null): void {
  const place = before?.isConnected ? before : document.getElementById('content');
  if (place instanceof HTMLElement) place.focus();
}
