// Who is signed in, for everything below the sign-in page.
import { type ComponentChildren, createContext } from 'preact';
import { useContext, useEffect, useMemo, useState } from 'preact/hooks';
import { answerOf, createClient, type RucksackClient, type Schemas } from '../../../client/src/client.ts';
import { LiveChanges } from '../live/live-changes.ts';
import { type Credentials, forgetCredentials, keepCredentials, recallCredentials } from './credentials.ts';
import { SignInPage } from './sign-in-page.tsx';

export interface Session {
  readonly client: RucksackClient;
  readonly account: Schemas['Account'];
  readonly live: LiveChanges;
  /** The credentials that are used from now on, after the token was rotated. */
  readonly replaceToken: (authToken: string) => Promise<void>;
  readonly signOut: () => Promise<void>;
}

const SessionContext = createContext<Session | undefined>(undefined);

/** The session of whoever is signed in. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error('Nobody is signed in here.');
  return session;
}

interface SignedIn {
  readonly credentials: Credentials;
  readonly account: Schemas['Account'];
}

const clientOf = ({ authId, authToken }: Credentials): RucksackClient =>
  createClient({ url: location.origin, authId, authToken });

/** Shows the sign-in page until somebody is signed in, then what is inside. */
export function SessionGate({ children }: { readonly children: ComponentChildren }) {
  const [signedIn, setSignedIn] = useState<SignedIn>();
  const [isRecalling, setRecalling] = useState(true);

  const signIn = async (credentials: Credentials): Promise<void> => {
    const account = await answerOf(clientOf(credentials).GET('/'));
    await keepCredentials(credentials);
    setSignedIn({ credentials, account });
  };

  useEffect(() => {
    recallCredentials()
      .then((credentials) => credentials && signIn(credentials))
      // Credentials that no longer hold lead to the sign-in page, like none at all.
      .catch(forgetCredentials)
      .finally(() => setRecalling(false));
  }, []);

  const credentials = signedIn?.credentials;
  const client = useMemo(() => credentials && clientOf(credentials), [credentials]);
  const live = useMemo(() => client && new LiveChanges(client), [client]);
  useEffect(() => live?.follow(), [live]);

  if (isRecalling) return <main class="blank" aria-busy="true" />;
  if (signedIn === undefined || client === undefined || live === undefined) {
    return <SignInPage signIn={signIn} />;
  }
  const session: Session = {
    client,
    account: signedIn.account,
    live,
    replaceToken: (authToken) => signIn({ authId: signedIn.credentials.authId, authToken }),
    signOut: async () => {
      await forgetCredentials();
      setSignedIn(undefined);
    },
  };
  return <SessionContext.Provider value={session}>{children}</SessionContext.Provider>;
}
