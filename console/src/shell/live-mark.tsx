// Whether what is shown follows the server at the moment.
import { useEffect, useState } from 'preact/hooks';
import { useSession } from '../session/session.tsx';

export function LiveMark() {
  const { live } = useSession();
  const [isOpen, setOpen] = useState(live.isOpen);
  useEffect(() => {
    setOpen(live.isOpen);
    return live.on(() => setOpen(live.isOpen));
  }, [live]);
  return (
    <span class={isOpen ? 'live-mark on' : 'live-mark'} role="status">
      {isOpen ? 'Live' : 'Connecting …'}
    </span>
  );
}
