// Repeats an action while a component is shown, for values that depend on the time.
import { useEffect, useRef } from 'preact/hooks';

/** Calls `act` each time `everyMs` have passed, while the component is shown. */
export function useEvery(everyMs: number, act: () => void): void {
  const current = useRef(act);
  current.current = act;
  useEffect(() => {
    const timer = setInterval(() => current.current(), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
}
