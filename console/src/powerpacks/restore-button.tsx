// Brings a deleted powerpack back, and asks for another name where the old one is in use by now.
import { useState } from 'preact/hooks';
import { answerOf, RucksackError, type Schemas } from '../../../client/src/client.ts';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { Notice } from '../parts/notice.tsx';
import { TextField } from '../parts/text-field.tsx';
import { useAction } from '../parts/use-action.ts';
import { useSession } from '../session/session.tsx';

export type DeletedPowerpack = Schemas['DeletedPowerpack'];
export type Restoration = Schemas['Restoration'];

interface Props {
  readonly powerpack: DeletedPowerpack;
  readonly onRestored: (restoration: Restoration) => void;
}

export function RestoreButton({ powerpack, onRestored }: Props) {
  const { client } = useSession();
  const [name, setName] = useState(powerpack.name);
  const [isAsking, setAsking] = useState(false);
  const restoration = useAction(async () => {
    const params = { path: { powerpack_uuid: powerpack.uuid } };
    const body = name === powerpack.name ? {} : { name };
    onRestored(await answerOf(client.POST('/Powerpack/{powerpack_uuid}/Restore/', { params, body })));
  });
  const restore = async () => setAsking(!(await restoration.run()));
  const canHelp = restoration.error instanceof RucksackError && restoration.error.status === 409;

  return (
    <>
      <Button busy={restoration.isRunning} aria-label={`Restore ${powerpack.name}`} onClick={restore}>
        Restore
      </Button>
      {isAsking && restoration.error !== undefined && (
        <Dialog title={`“${powerpack.name}” could not be restored`} onClose={() => setAsking(false)}>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              void restore();
            }}
          >
            <Notice tone="bad">{restoration.error.message}</Notice>
            {canHelp && (
              <TextField
                label="Restore it under another name"
                required
                maxLength={255}
                value={name}
                onInput={setName}
              />
            )}
            <div class="dialog-actions">
              <Button onClick={() => setAsking(false)}>Cancel</Button>
              <Button kind="primary" type="submit" busy={restoration.isRunning}>
                {canHelp ? 'Restore' : 'Try again'}
              </Button>
            </div>
          </form>
        </Dialog>
      )}
    </>
  );
}
