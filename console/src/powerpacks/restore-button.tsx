// Brings a deleted powerpack back, and asks for another name where the old one is in use by now.
import { useState } from 'preact/hooks';
import { answerOf, RucksackError, type Schemas } from '../../../client/src/client.ts';
import { Button } from '../parts/button.tsx';
import { DialogForm } from '../parts/dialog-form.tsx';
import { Failure } from '../parts/failure.tsx';
import { TextField } from '../parts/text-field.tsx';
import { useAction } from '../parts/use-action.ts';
import { useSession } from '../session/session.ts';

export type DeletedPowerpack = Schemas['DeletedPowerpack'];
export type Restoration = Schemas['Restoration'];

interface Props {
  readonly powerpack: DeletedPowerpack;
  readonly onRestored: (restoration: Restoration) => void;
}

export function RestoreButton({ powerpack, onRestored }: Props) {
  const { client } = useSession();
  const [name, setName] = useState(powerpack.name);
  const [refusal, setRefusal] = useState<Error>();
  const restoration = useAction(async () => {
    const params = { path: { powerpack_uuid: powerpack.uuid } };
    const body = name === powerpack.name ? {} : { name };
    try {
      onRestored(await answerOf(client.POST('/Powerpack/{powerpack_uuid}/Restore/', { params, body })));
    } catch (error) {
      setRefusal(error as Error);
    }
  });
  const canHelp = refusal instanceof RucksackError && refusal.status === 409;

  return (
    <>
      <Button
        busy={restoration.isRunning}
        aria-label={`Restore ${powerpack.name}`}
        onClick={() => restoration.run()}
      >
        Restore
      </Button>
      {refusal !== undefined && (
        <DialogForm
          title={`“${powerpack.name}” could not be restored`}
          verb={canHelp ? 'Restore' : 'Try again'}
          act={restoration.run}
          // A refusal that came after this one keeps it open.
          onClose={() => setRefusal((present) => (present === refusal ? undefined : present))}
        >
          <Failure error={refusal} />
          {canHelp && (
            <TextField
              label="Restore it under another name"
              required
              maxLength={255}
              value={name}
              onInput={setName}
            />
          )}
        </DialogForm>
      )}
    </>
  );
}
