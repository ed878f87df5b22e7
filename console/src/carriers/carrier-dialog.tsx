// Making and changing a carrier: its entry as it stands in the file of carriers.
import { useState } from 'preact/hooks';
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { DialogForm } from '../parts/dialog-form.tsx';
import { TextArea } from '../parts/text-field.tsx';
import { useSession } from '../session/session.ts';

/** The beginning of an entry: an account at an SMSC. */
const example = {
  name: 'my-smsc',
  type: 'smpp',
  hosts: ['smsc.example.net:2775'],
  system_id: '',
  password: '',
  window: 10,
};

interface Props {
  /** The carrier to change; a new one without. */
  readonly carrier?: Schemas['Carrier'];
  readonly onSaved: () => void;
  readonly onClose: () => void;
}

export function CarrierDialog({ carrier, onSaved, onClose }: Props) {
  const { client } = useSession();
  const [text, setText] = useState(JSON.stringify(carrier?.config ?? example, null, 2));
  const save = async () => {
    const config = parseEntry(text);
    if (carrier === undefined) {
      await answerOf(client.POST('/Carrier/', { body: { config } }));
    } else {
      const params = { path: { carrier_name: carrier.name } };
      await answerOf(client.POST('/Carrier/{carrier_name}/', { params, body: { config } }));
    }
    onSaved();
  };
  const isNew = carrier === undefined;
  return (
    <DialogForm
      title={isNew ? 'New carrier' : `Edit ${carrier.name}`}
      verb={isNew ? 'Create carrier' : 'Save carrier'}
      act={save}
      onClose={onClose}
    >
      <TextArea
        label="Entry"
        hint={
          isNew
            ? 'JSON, as in the file of carriers. Passwords are stored encrypted and never shown again.'
            : 'JSON, as in the file of carriers. Passwords stay as they are unless one stands here.'
        }
        class="code"
        required
        rows={14}
        spellcheck={false}
        value={text}
        onInput={setText}
      />
    </DialogForm>
  );
}

function parseEntry(text: string): object {
  let entry: unknown;
  try {
    entry = JSON.parse(text);
  } catch (error) {
    throw new Error(`The entry is not JSON: ${(error as Error).message}`);
  }
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
    throw new Error('The entry must be an object: { … }');
  }
  return entry;
}
