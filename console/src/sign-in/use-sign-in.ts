// The way from nobody to somebody and back: recalled, signed in, refused later, signed out here or in another tab.
import { useEffect, useRef, useState } from 'preact/hooks';
import {
  answerOf,
  createClient,
  type RucksackClient,
  RucksackError,
  type Schemas,
} from '../../../client/src/client.ts';
import { noteServerTime } from '../live/server-time.ts';
import { type Credentials, forgetCredentials, keepCredentials, recallCredentials } from './credentials.ts';
import { askSiblings, hearSiblings, tellSiblings } from './other-tabs.ts';

export interface SignedIn {
  readonly credentials: Credentials;
  readonly account: Schemas['Account'];
  readonly client: RucksackClient;
}

export type SignInState =
  | { readonly kind: 'restoring' }
  /** Somebody was signed in, and the server cannot say whether they still are. */
  | { readonly kind: 'unreachable'; readonly error: Error; readonly retry: () => void }
  /** `why` where it ended by itself. */
  | { readonly kind: 'signed-out'; readonly why?: string }
  | (SignedIn & { readonly kind: 'signed-in' });

export interface SignIn {
  readonly state: SignInState;
  /** @throws RucksackError when the credentials do not belong together. */
  readonly signIn: (credentials: Credentials) => Promise<void>;
  readonly signOut: () => Promise<void>;
}

/** After a refusal of credentials: newer ones may be under way, from this tab's or another tab's rotation of the token. */
const refusalMs = 3000;
const ended = 'Your auth token is no longer valid. Sign in with the new one.';

export function useSignIn(): SignIn {
  const [state, setState] = useState<SignInState>({ kind: 'restoring' });
  const current = useRef<Credentials | undefined>(undefined);
  current.current = state.kind === 'signed-in' ? state.credentials : undefined;

  const leave = async (why?: string): Promise<void> => {
    await forgetCredentials();
    setState(why === undefined ? { kind: 'signed-out' } : { kind: 'signed-out', why });
  };

  const enter = async (credentials: Credentials): Promise<void> => {
    const onRefused = () =>
      setTimeout(() => {
        if (current.current === credentials) void leave(ended);
      }, refusalMs);
    const account = await answerOf(clientOf(credentials, () => {}).GET('/'));
    await keepCredentials(credentials);
    setState({ kind: 'signed-in', credentials, account, client: clientOf(credentials, onRefused) });
  };

  /** Enters with credentials that held before. */
  const enterAgain = async (credentials: Credentials): Promise<void> => {
    try {
      await enter(credentials);
    } catch (error) {
      if (error instanceof RucksackError && error.status === 401) return leave(ended);
      const retry = () => {
        setState({ kind: 'restoring' });
        void enterAgain(credentials);
      };
      setState({ kind: 'unreachable', error: error as Error, retry });
    }
  };

  useEffect(() => {
    void (async () => {
      const credentials = (await recallCredentials()) ?? (await askSiblings());
      if (credentials === undefined) setState({ kind: 'signed-out' });
      else await enterAgain(credentials);
    })();
    return hearSiblings((word) => {
      const own = current.current;
      if (own === undefined) return;
      if (word.kind === 'asked') tellSiblings({ kind: 'signed-in', credentials: own });
      else if (word.kind === 'signed-out') {
        if (word.authId === own.authId) void leave();
      } else if (word.credentials.authId === own.authId && word.credentials.authToken !== own.authToken) {
        void enterAgain(word.credentials);
      }
    });
  }, []);

  return {
    state,
    signIn: async (credentials) => {
      await enter(credentials);
      tellSiblings({ kind: 'signed-in', credentials });
    },
    signOut: async () => {
      const authId = current.current?.authId;
      await leave();
      if (authId !== undefined) tellSiblings({ kind: 'signed-out', authId });
    },
  };
}

/** A client that tells when its credentials are refused, and the server's time. */
function clientOf({ authId, authToken }: Credentials, onRefused: () => void): RucksackClient {
  return createClient({
    url: location.origin,
    authId,
    authToken,
    fetch: async (...request) => {
      const response = await fetch(...request);
      noteServerTime(response);
      if (response.status === 401) onRefused();
      return response;
    },
  });
}
