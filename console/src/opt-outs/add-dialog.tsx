// Opting people out by hand.
import { useState } from 'preact/hooks';
import { answerOf } from '../../../client/src/client.ts';
import { PowerpackSelect } from '../messages/powerpack-select.tsx';
import { usePowerpacks } from '../messages/use-powerpacks.ts';
import { DialogForm } from '../parts/dialog-form.tsx';
import { counted } from '../parts/format.ts';
import { SelectField } from '../parts/select-field.tsx';
import { TextArea, TextField } from '../parts/text-field.tsx';
import { showToast } from '../parts/toasts.tsx';
import { useSession } from '../session/session.ts';

type Scope = 'number' | 'powerpack' | 'account';

const scopeOptions: readonly { readonly value: Scope; readonly label: string }[] = [
  { value: 'account', label: 'Every number of the account' },
  { value: 'powerpack', label: 'A powerpack' },
  { value: 'number', label: 'One number' },
];

export function AddDialog({ onClose }: { readonly onClose: () => void }) {
  const { client } = useSession();
  const powerpacks = usePowerpacks(undefined).data ?? [];
  const [people, setPeople] = useState('');
  const [scope, setScope] = useState<Scope>('account');
  const [powerpack, setPowerpack] = useState('');
  const [number, setNumber] = useState('');
  const [reason, setReason] = useState('');
  const [author, setAuthor] = useState('');
  const add = async () => {
    const destinations = people.split(/[,;\n]/).map((text) => text.trim());
    const { added, known } = await answerOf(
      client.POST('/OptOut/', {
        body: {
          destinations: destinations.filter((text) => text !== ''),
          scope,
          ...(scope === 'powerpack' && powerpack !== '' && { powerpack_uuid: powerpack }),
          ...(scope === 'number' && { number }),
          ...(reason && { reason }),
          ...(author && { author }),
        },
      }),
    );
    showToast(`${counted(added, 'opt-out')} added${known === 0 ? '' : `, ${known} known already`}.`);
  };
  return (
    <DialogForm title="Opt out by hand" verb="Opt out" act={add} onClose={onClose}>
      <TextArea
        label="Numbers of people"
        hint="With country codes; one on each line, a thousand at most."
        required
        rows={4}
        value={people}
        onInput={setPeople}
      />
      <SelectField label="What is blocked" value={scope} options={scopeOptions} onChange={setScope} />
      {scope === 'powerpack' && (
        <PowerpackSelect
          label="Powerpack"
          none="Choose one"
          powerpacks={powerpacks}
          value={powerpack}
          onChange={setPowerpack}
        />
      )}
      {scope === 'number' && (
        <TextField label="Number or short code" required value={number} onInput={setNumber} />
      )}
      <TextField
        label="Reason"
        hint="Such as “asked by telephone”. May be empty."
        maxLength={255}
        value={reason}
        onInput={setReason}
      />
      <TextField
        label="Your name"
        hint="For the history. May be empty."
        maxLength={255}
        value={author}
        onInput={setAuthor}
      />
    </DialogForm>
  );
}
