// The keys that lead to the find bar from anywhere on a page.
import { useEffect } from 'preact/hooks';

/** Calls `onFind` at Ctrl+K, and at "/" where nothing is being written; not behind a dialog. */
export function useFindKeys(onFind: () => void): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const isCommand = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k';
      const isSlash = event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey;
      if (!isCommand && !(isSlash && !isWriting(event.target))) return;
      if (document.querySelector('dialog[open]') !== null) return;
      event.preventDefault();
      onFind();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}

const isWriting = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));
