// Something that a person starts and that can fail.
import { useState } from 'preact/hooks';

export interface Action<Parameters extends unknown[]> {
  readonly isRunning: boolean;
  /** Why it failed the last time. */
  readonly error: Error | undefined;
  /** Never throws: the failure is in `error`. Resolves to whether it succeeded. */
  readonly run: (...parameters: Parameters) => Promise<boolean>;
}

export function useAction<Parameters extends unknown[]>(
  act: (...parameters: Parameters) => Promise<unknown>,
): Action<Parameters> {
  const [isRunning, setRunning] = useState(false);
  const [error, setError] = useState<Error>();
  const run = async (...parameters: Parameters): Promise<boolean> => {
    setRunning(true);
    setError(undefined);
    try {
      await act(...parameters);
      return true;
    } catch (failure) {
      setError(failure as Error);
      return false;
    } finally {
      setRunning(false);
    }
  };
  return { isRunning, error, run };
}
