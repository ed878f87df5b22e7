// Who is signed in, for everything below the sign-in page.
import { type ComponentChildren, createContext } from 'preact';
import { useContext, useEffect, useMemo } from 'preact/hooks';
import type { RucksackClient, Schemas } from '../../../client/src/client.ts';
import { followServerClock } from '../live/follow-server-clock.ts';
import { LiveChanges } from '../live/live-changes.ts';
import { SignInPage } from './sign-in-page.tsx';
import { UnreachablePage } from './unreachable-page.tsx';
import { useSignIn } from './use-sign-in.ts';

export interface Session {
  readonly client: RucksackClient;
  readonly account: Schemas['Account'];
  readonly live: LiveChanges;
  /** The token that is used from now on, here and in the other tabs, after it was rotated. */
  readonly replaceToken: (authToken: string) => Promise<void>;
  /** Signs out here and in the other tabs. */
  readonly signOut: () => Promise<void>;
}

const SessionContext = createContext<Session | undefined>(undefined);

/** The session of whoever is signed in. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error('Nobody is signed in here.');
  return session;
}

/** Shows the sign-in page until somebody is signed in, then what is inside. */
export function SessionGate({ children }: { readonly children: ComponentChildren }) {
  const { state, signIn, signOut } = useSignIn();
  const client = state.kind === 'signed-in' ? state.client : undefined;
  const live = useMemo(() => client && new LiveChanges(client), [client]);
  useEffect(() => live?.follow(), [live]);
  useEffect(() => client && live && followServerClock(client, live), [client, live]);

  if (state.kind === 'recalling') return <main class="blank" aria-busy="true" />;
  if (state.kind === 'unreachable') return <UnreachablePage error={state.error} retry={state.retry} />;
  if (state.kind === 'signed-out' || live === undefined) {
    return <SignInPage signIn={signIn} why={state.kind === 'signed-out' ? state.why : undefined} />;
  }
  const session: Session = {
    client: state.client,
    account: state.account,
    live,
    replaceToken: (authToken) => signIn({ authId: state.credentials.authId, authToken }),
    signOut,
  };
  return <SessionContext.Provider value={session}>{children}</SessionContext.Provider>;
}
