// Credentials that were just made: shown once.
import type { ComponentChildren } from 'preact';
import { Button } from '../parts/button.tsx';
import { Copyable } from '../parts/copyable.tsx';
import { Dialog } from '../parts/dialog.tsx';

export interface ShownCredentials {
  readonly name: string;
  readonly authId: string;
  readonly authToken: string;
}

interface Props {
  readonly credentials: ShownCredentials;
  readonly onClose: () => void;
  /** The power of the credentials, as a sentence goes on after "can". */
  readonly power?: string;
  /** More to say about the credentials. */
  readonly children?: ComponentChildren;
}

export function CredentialsDialog({
  credentials: { name, authId, authToken },
  onClose,
  power = 'do all that the account can',
  children,
}: Props) {
  return (
    <Dialog title={`Credentials of ${name}`} onClose={onClose}>
      <p>The console shows the token now and never again. Who has it can {power}.</p>
      {children}
      <Copyable label="Auth id" text={authId} />
      <Copyable label="Auth token" text={authToken} />
      <div class="dialog-actions">
        <Button kind="primary" onClick={onClose}>
          I have them
        </Button>
      </div>
    </Dialog>
  );
}
