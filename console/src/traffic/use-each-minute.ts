// What depends on the time changes although nothing happens.
import { useEffect, useRef } from 'preact/hooks';

const minuteMs = 60_000;

/** Calls `act` each minute while the page is shown. */
export function useEachMinute(act: () => void): void {
  const current = useRef(act);
  current.current = act;
  useEffect(() => {
    const timer = setInterval(() => current.current(), minuteMs);
    return () => clearInterval(timer);
  }, []);
}
