// The session: the account, its client and its stream of changes, for every page.
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { RucksackClient, Schemas } from '../../../client/src/client.ts';
import type { LiveChanges } from './live-changes.ts';

export interface Session {
  readonly client: RucksackClient;
  readonly account: Schemas['Account'];
  readonly live: LiveChanges;
  /** Uses this token from now on, here and in the other tabs, after it was rotated. */
  readonly replaceToken: (authToken: string) => Promise<void>;
  /** Signs out here and in the other tabs. */
  readonly signOut: () => Promise<void>;
}

/** Set by the session gate (`sign-in/session-gate.tsx`) around everything that needs a session. */
export const SessionContext = createContext<Session | undefined>(undefined);

/**
 * Returns the session of the signed-in account.
 * @throws Error outside the session gate.
 */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === undefined)
    throw new Error('This component needs a session: put it inside the session gate.');
  return session;
}
