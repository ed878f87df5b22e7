// Shows the sign-in page until the user has signed in, then the console.
import type { ComponentChildren } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { followServerClock } from '../live/follow-server-clock.ts';
import { LiveChanges } from '../session/live-changes.ts';
import { type Session, SessionContext } from '../session/session.ts';
import { SignInPage } from './sign-in-page.tsx';
import { UnreachablePage } from './unreachable-page.tsx';
import { useSignIn } from './use-sign-in.ts';

export function SessionGate({ children }: { readonly children: ComponentChildren }) {
  const { state, signIn, signOut } = useSignIn();
  const client = state.kind === 'signed-in' ? state.client : undefined;
  const live = useMemo(() => client && new LiveChanges(client), [client]);
  useEffect(() => live?.follow(), [live]);
  useEffect(() => client && live && followServerClock(client, live), [client, live]);

  if (state.kind === 'restoring') return <main class="blank" aria-busy="true" />;
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
