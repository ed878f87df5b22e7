// Whether what is shown follows the server at the moment.
import { useEffect, useState } from 'preact/hooks';
import type { LiveChanges } from '../session/live-changes.ts';
import { useSession } from '../session/session.ts';

/** A connection that is back before then was never missed, milliseconds. */
const patienceMs = 3000;

export function LiveMark() {
  const { live } = useSession();
  const isOpen = useIsOpen(live);
  return <span class={isOpen ? 'live-mark on' : 'live-mark'}>{isOpen ? 'Live' : 'Connecting …'}</span>;
}

/** In front of the page, wherever one is in it, while what it shows may be old. */
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
    return live.on(() => setOpen(live.isOpen));
  }, [live]);
  return isOpen;
}
