// The mark that shows whether the page follows the server.
import { useEffect, useState } from 'preact/hooks';
import type { LiveChanges } from '../session/live-changes.ts';
import { useSession } from '../session/session.ts';

/** A connection that is back sooner is not reported as lost; milliseconds. */
const patienceMs = 3000;

export function LiveMark() {
  const { live } = useSession();
  const isOpen = useIsOpen(live);
  return <span class={isOpen ? 'live-mark on' : 'live-mark'}>{isOpen ? 'Live' : 'Connecting …'}</span>;
}

/** Shows over the page, wherever it is scrolled to, that the data may be out of date. */
export function LostNotice() {
  const { live } = useSession();
  const isOpen = useIsOpen(live);
  const [isLost, setLost] = useState(false);
  useEffect(() => {
    setLost(false);
    if (isOpen) return;
    const timer = setTimeout(() => setLost(true), patienceMs);
    return () => clearTimeout(timer);
  }, [isOpen]);
  return (
    <div class="lost-notice" role="status">
      {isLost && <p>Not connected: what you see may be old. Connecting …</p>}
    </div>
  );
}

function useIsOpen(live: LiveChanges): boolean {
  const [isOpen, setOpen] = useState(live.isOpen);
  useEffect(() => {
    setOpen(live.isOpen);
    return live.onState(() => setOpen(live.isOpen));
  }, [live]);
  return isOpen;
}
