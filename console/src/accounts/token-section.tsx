// The token of the account that is signed in.
import { useState } from 'preact/hooks';
import { Button } from '../parts/button.tsx';
import { useSession } from '../session/session.ts';
import { CredentialsDialog } from './credentials-dialog.tsx';
import { RotateDialog } from './rotate-dialog.tsx';

export function TokenSection() {
  const { account, replaceToken } = useSession();
  const [isRotating, setRotating] = useState(false);
  const [token, setToken] = useState<string>();
  const name = 'this account';
  const authId = account.auth_id;
  return (
    <section class="card" aria-labelledby="token">
      <h2 id="token">Auth token</h2>
      <p>
        It opens everything that this account has, and signs its webhooks. The console keeps it in this tab
        only, and never shows it again after it was made.
      </p>
      <Button onClick={() => setRotating(true)}>Rotate token …</Button>
      {token !== undefined && (
        <CredentialsDialog
          credentials={{ name, authId, authToken: token }}
          onClose={() => setToken(undefined)}
        >
          <p>You stay signed in with it.</p>
        </CredentialsDialog>
      )}
      {isRotating && (
        <RotateDialog
          name={name}
          authId={authId}
          onRotated={async (authToken) => {
            // Shown first: should signing in with it fail, it must not be lost.
            setToken(authToken);
            setRotating(false);
            await replaceToken(authToken);
          }}
          onClose={() => setRotating(false)}
        />
      )}
    </section>
  );
}
