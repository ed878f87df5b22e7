// The one page that everybody sees.
import { useState } from 'preact/hooks';
import { RucksackError } from '../../../client/src/client.ts';
import { Button } from '../parts/button.tsx';
import { Failure } from '../parts/failure.tsx';
import { Notice } from '../parts/notice.tsx';
import { TextField } from '../parts/text-field.tsx';
import { useAction } from '../parts/use-action.ts';
import type { Credentials } from './credentials.ts';

interface Props {
  readonly signIn: (credentials: Credentials) => Promise<void>;
  /** The reason why the last session ended. */
  readonly why: string | undefined;
}

export function SignInPage({ signIn, why }: Props) {
  const [authId, setAuthId] = useState('');
  const [authToken, setAuthToken] = useState('');
  const attempt = useAction(() => signIn({ authId: authId.trim(), authToken: authToken.trim() }));

  return (
    <main class="sign-in">
      <form
        class="card sign-in-card"
        onSubmit={(event) => {
          event.preventDefault();
          void attempt.run();
        }}
      >
        <h1>Rucksack</h1>
        <p class="quiet">Sign in with the credentials that your SDK uses.</p>
        {why !== undefined && <Notice tone="warn">{why}</Notice>}
        <TextField
          label="Auth id"
          class="code"
          autocomplete="username"
          autocapitalize="off"
          spellcheck={false}
          required
          value={authId}
          onInput={setAuthId}
        />
        <TextField
          label="Auth token"
          class="code"
          type="password"
          autocomplete="current-password"
          required
          value={authToken}
          onInput={setAuthToken}
        />
        <Failure error={attempt.error} inWords={refusalInWords} />
        <Button kind="primary" type="submit" busy={attempt.isRunning}>
          Sign in
        </Button>
      </form>
    </main>
  );
}

function refusalInWords(error: Error): string {
  const isWrong = error instanceof RucksackError && error.status === 401;
  return isWrong ? 'This auth id and token do not belong together.' : error.message;
}
