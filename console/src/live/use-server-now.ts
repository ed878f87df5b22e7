// The server's time in a component that says how long ago or how soon something is.
import { useEffect, useState } from 'preact/hooks';
import { machineNow, onServerTime, serverNow } from './server-time.ts';
import { useEvery } from './use-every.ts';

/** The clock that everything goes by, which may be a virtual one, or that of the server's machine. */
export type ServerClock = 'server' | 'machine';

const readings: Readonly<Record<ServerClock, () => number>> = { server: serverNow, machine: machineNow };

/** Returns the server's time, milliseconds since 1970; read every `everyMs`, and at once when the virtual clock was turned. */
export function useServerNow(everyMs: number, by: ServerClock = 'server'): number {
  const [now, setNow] = useState(readings[by]);
  const look = () => setNow(readings[by]());
  useEvery(everyMs, look);
  useEffect(() => {
    // It may have been turned between the first look and now.
    look();
    return onServerTime(look);
  }, []);
  return now;
}
