// Why something failed, where it happened.
import type { ComponentChildren } from 'preact';
import { RucksackError } from '../../../client/src/client.ts';
import { Notice } from './notice.tsx';

interface Props {
  readonly error: Error | undefined;
  /** Returns the sentence, where it is not the server's. */
  readonly inWords?: (error: Error) => string;
  /** The way on from it. */
  readonly children?: ComponentChildren;
}

/** Shows a failure in the server's words, a fault of the server's with the id by which its log knows the request; nothing without one. */
export function Failure({ error, inWords, children }: Props) {
  if (error === undefined) return null;
  const id = error instanceof RucksackError && error.status >= 500 ? error.apiId : undefined;
  return (
    <Notice tone="bad">
      {inWords?.(error) ?? error.message}
      {id !== undefined && (
        <>
          {' '}
          (request <code>{id}</code>)
        </>
      )}
      {children}
    </Notice>
  );
}
