// A value that changes at each stroke of a key, once it has come to rest.
import { useEffect, useState } from 'preact/hooks';

/** The rest that a search waits for while somebody types, milliseconds. */
export const typingMs = 250;

/** The value as it was when it had not changed for `restMs`. */
export function useSettled<Value>(value: Value, restMs: number): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), restMs);
    return () => clearTimeout(timer);
  }, [value, restMs]);
  return settled;
}
