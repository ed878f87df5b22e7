// The token of the account that is signed in.
import { useState } from 'preact/hooks';
import { Button } from '../parts/button.tsx';
import { Copyable } from '../parts/copyable.tsx';
import { Notice } from '../parts/notice.tsx';
import { useSession } from '../session/session.tsx';
import { RotateDialog } from './rotate-dialog.tsx';

export function TokenSection() {
  const { account, replaceToken } = useSession();
  const [isRotating, setRotating] = useState(false);
  const [token, setToken] = useState<string>();
  return (
    <section class="card" aria-labelledby="token">
      <h2 id="token">Auth token</h2>
      <p>
        It opens everything that this account has, and signs its webhooks. The console keeps it in this tab
        only, and never shows it again after it was made.
      </p>
      {token !== undefined && (
        <>
          <Notice tone="good">This is the new token, now and never again. You stay signed in with it.</Notice>
          <Copyable label="New auth token" text={token} />
          <p>
            <Button onClick={() => setToken(undefined)}>I have it: hide it</Button>
          </p>
        </>
      )}
      <Button onClick={() => setRotating(true)}>Rotate token …</Button>
      {isRotating && (
        <RotateDialog
          name="this account"
          authId={account.auth_id}
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
