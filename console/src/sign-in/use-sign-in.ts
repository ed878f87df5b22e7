// The states of a session: restored, signed in, refused later, signed out here or in another tab.
import { useEffect, useRef, useState } from 'preact/hooks';
import {
  answerOf,
  createClient,
  type RucksackClient,
  RucksackError,
  type Schemas,
} from '../../../client/src/client.ts';
import { forgetOwnRequests, sendNoted } from '../live/own-requests.ts';
import { sendRequest } from '../live/send-request.ts';
import { noteServerTime } from '../live/server-time.ts';
import { withinLimit } from '../live/within-limit.ts';
import { type Credentials, forgetCredentials, readCredentials, storeCredentials } from './credentials.ts';
import { askOtherTabs, onOtherTabs, postToOtherTabs } from './other-tabs.ts';

interface SignedIn {
  readonly credentials: Credentials;
  readonly account: Schemas['Account'];
  readonly client: RucksackClient;
}

type SignInState =
  | { readonly kind: 'restoring' }
  /** A session existed, and the server cannot say whether it is still valid. */
  | { readonly kind: 'unreachable'; readonly error: Error; readonly retry: () => void }
  /** `why` where it ended by itself. */
  | { readonly kind: 'signed-out'; readonly why?: string }
  | (SignedIn & { readonly kind: 'signed-in' });

interface SignIn {
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
    forgetOwnRequests();
    await forgetCredentials();
    setState(why === undefined ? { kind: 'signed-out' } : { kind: 'signed-out', why });
  };

  const enter = async (credentials: Credentials): Promise<void> => {
    const onRefused = () =>
      setTimeout(() => {
        if (current.current === credentials) void leave(ended);
      }, refusalMs);
    const account = await withinLimit((signal) =>
      answerOf(clientOf(credentials, () => {}).GET('/', { signal })),
    );
    await storeCredentials(credentials);
    setState({ kind: 'signed-in', credentials, account, client: clientOf(credentials, onRefused) });
  };

  /** Enters with credentials that were valid before. */
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
      const credentials = (await readCredentials()) ?? (await askOtherTabs());
      if (credentials === undefined) setState({ kind: 'signed-out' });
      else await enterAgain(credentials);
    })();
    return onOtherTabs((message) => {
      const own = current.current;
      if (own === undefined) return;
      if (message.kind === 'asked') postToOtherTabs({ kind: 'signed-in', credentials: own });
      else if (message.kind === 'signed-out') {
        if (message.authId === own.authId) void leave();
      } else if (
        message.credentials.authId === own.authId &&
        message.credentials.authToken !== own.authToken
      ) {
        void enterAgain(message.credentials);
      }
    });
  }, []);

  return {
    state,
    signIn: async (credentials) => {
      await enter(credentials);
      postToOtherTabs({ kind: 'signed-in', credentials });
    },
    signOut: async () => {
      const authId = current.current?.authId;
      await leave();
      if (authId !== undefined) postToOtherTabs({ kind: 'signed-out', authId });
    },
  };
}

/** Returns a client that calls back when its credentials are refused, and learns the server's time. */
function clientOf({ authId, authToken }: Credentials, onRefused: () => void): RucksackClient {
  return createClient({
    url: location.origin,
    authId,
    authToken,
    fetch: async (input, init) => {
      const response = await (input instanceof Request ? sendNoted(input, sendRequest) : fetch(input, init));
      noteServerTime(response);
      if (response.status === 401) onRefused();
      return response;
    },
  });
}
