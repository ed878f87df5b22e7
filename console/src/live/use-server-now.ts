// The server's time in a component that says how long ago or how soon something is.
import { useEffect, useState } from 'preact/hooks';
import { onServerTime, serverNow } from './server-time.ts';

/** Milliseconds since 1970; looked at every `everyMs`, and at once when it was turned. */
export function useServerNow(everyMs: number): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const look = () => setNow(serverNow());
    // It may have been turned between the first look and now.
    look();
    const timer = setInterval(look, everyMs);
    const endListening = onServerTime(look);
    return () => {
      clearInterval(timer);
      endListening();
    };
  }, [everyMs]);
  return now;
}
