// The confirmation of a deletion: the name must be typed.
import { useState } from 'preact/hooks';
import { Button, ButtonLink } from '../parts/button.tsx';
import { Failure } from '../parts/failure.tsx';
import { TextField } from '../parts/text-field.tsx';
import type { Action } from '../parts/use-action.ts';
import type { Powerpack } from './powerpack-frame.tsx';

interface Props {
  readonly powerpack: Powerpack;
  readonly deletion: Action<[]>;
}

export function DeleteConfirmation({ powerpack, deletion }: Props) {
  const [typed, setTyped] = useState('');
  const isSame = typed.trim() === powerpack.name;
  return (
    <form
      class="card"
      onSubmit={(event) => {
        event.preventDefault();
        if (isSame) void deletion.run();
      }}
    >
      <TextField
        label={`Type the name to confirm: ${powerpack.name}`}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        value={typed}
        onInput={setTyped}
      />
      <Failure error={deletion.error} />
      <div class="actions">
        <Button kind="danger" type="submit" disabled={!isSame} busy={deletion.isRunning}>
          Delete powerpack
        </Button>
        <ButtonLink href={`/console/powerpacks/${powerpack.uuid}/settings`}>Keep it</ButtonLink>
      </div>
    </form>
  );
}
