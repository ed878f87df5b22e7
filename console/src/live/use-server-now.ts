// The server's time in a component that says how long ago or how soon something is.
import { useEffect, useState } from 'preact/hooks';
import { onServerTime, serverNow } from './server-time.ts';
import { useEvery } from './use-every.ts';

/** Returns the server's time, milliseconds since 1970; read every `everyMs`, and at once when the virtual clock was turned. */
export function useServerNow(everyMs: number): number {
  const [now, setNow] = useState(serverNow);
  const look = () => setNow(serverNow());
  useEvery(everyMs, look);
  useEffect(() => {
    // It may have been turned between the first look and now.
    look();
    return onServerTime(look);
  }, []);
  return now;
}
