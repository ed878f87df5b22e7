// A typed value, once it has not changed for a while.
import { useEffect, useState } from 'preact/hooks';

/** How long a search waits after the last keystroke; milliseconds. */
export const typingMs = 250;

/** Returns the value once it has not changed for `restMs`. */
export function useDebounced<Value>(value: Value, restMs: number): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), restMs);
    return () => clearTimeout(timer);
  }, [value, restMs]);
  return settled;
}
