// Making and changing a carrier: by a form with the keys that most need, or by its entry as it stands in the file of carriers.
import { useState } from 'preact/hooks';
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { DialogForm } from '../parts/dialog-form.tsx';
import { SelectField } from '../parts/select-field.tsx';
import { TextArea } from '../parts/text-field.tsx';
import { useSession } from '../session/session.ts';
import { type CarrierDraft, carrierKinds, draftOf, type Entry, entryOf } from './carrier-draft.ts';
import { CarrierFields, kindLabels } from './carrier-fields.tsx';

interface Props {
  /** The carrier to change; a new one without. */
  readonly carrier?: Schemas['Carrier'];
  readonly onSaved: () => void;
  readonly onClose: () => void;
}

export function CarrierDialog({ carrier, onSaved, onClose }: Props) {
  const { client } = useSession();
  const [before, setBefore] = useState<Entry | undefined>(carrier?.config);
  const [draft, setDraft] = useState(() => draftOf(carrier?.config));
  const [text, setText] = useState(() => (draft === undefined ? jsonOf(carrier?.config ?? {}) : undefined));
  const [complaint, setComplaint] = useState<string>();
  const isNew = carrier === undefined;

  const save = async () => {
    const config = text === undefined ? entryOf(draft ?? emptyDraft(), before) : parseEntry(text);
    if (carrier === undefined) {
      await answerOf(client.POST('/Carrier/', { body: { config } }));
    } else {
      const params = { path: { carrier_name: carrier.name } };
      await answerOf(client.POST('/Carrier/{carrier_name}/', { params, body: { config } }));
    }
    onSaved();
  };

  const choose = (form: Form) => {
    setComplaint(undefined);
    if (form === 'json') return setText(jsonOf(entryOf(draft ?? emptyDraft(), before)));
    if (text === undefined) return setDraft(draftOfKind(form, draft));
    try {
      const entry = parseEntry(text);
      const read = draftOf(entry);
      const isOfKind = read?.kind === form;
      // A kind that was chosen beside an entry of another one begins anew.
      setBefore(isOfKind ? entry : undefined);
      setDraft(isOfKind ? { ...read, ...secretsIn(entry) } : draftOfKind(form, read));
      setText(undefined);
    } catch (error) {
      setComplaint((error as Error).message);
    }
  };

  const kinds = isNew ? carrierKinds : carrierKinds.filter((kind) => kind === draft?.kind);
  return (
    <DialogForm
      title={isNew ? 'New carrier' : `Edit ${carrier.name}`}
      verb={isNew ? 'Create carrier' : 'Save carrier'}
      act={save}
      onClose={onClose}
    >
      <SelectField
        label="Kind"
        hint={complaint}
        value={text === undefined ? (draft?.kind ?? 'smpp') : 'json'}
        options={[
          ...kinds.map((kind): { value: Form; label: string } => ({ value: kind, label: kindLabels[kind] })),
          { value: 'json', label: 'Any, written as JSON' },
        ]}
        onChange={choose}
      />
      {text === undefined ? (
        <CarrierFields
          draft={draft ?? emptyDraft()}
          isNew={isNew}
          change={(part) => setDraft((known) => ({ ...(known ?? emptyDraft()), ...part }))}
        />
      ) : (
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
      )}
    </DialogForm>
  );
}

/** How a carrier is written: by the form of its kind, or as JSON. */
type Form = CarrierDraft['kind'] | 'json';

const jsonOf = (entry: Entry): string => JSON.stringify(entry, null, 2);

function emptyDraft(): CarrierDraft {
  const draft = draftOf(undefined);
  if (draft === undefined) throw new Error('a new carrier has a form');
  return draft;
}

/** Returns a draft of another kind, with the name that was written before. */
function draftOfKind(kind: CarrierDraft['kind'], before: CarrierDraft | undefined): CarrierDraft {
  const fresh = draftOf(kind === 'smpp' ? undefined : { type: 'http', preset: kind }) ?? emptyDraft();
  return { ...fresh, name: before?.name ?? '', rate: before?.rate ?? '' };
}

/** Returns the secrets that were written in an entry, for their fields. */
function secretsIn({ password, secrets }: Entry): Pick<CarrierDraft, 'password' | 'secrets'> {
  const named = typeof secrets === 'object' && secrets !== null ? Object.entries(secrets) : [];
  return {
    password: typeof password === 'string' ? password : '',
    secrets: Object.fromEntries(
      named.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
    ),
  };
}

function parseEntry(text: string): Entry {
  let entry: unknown;
  try {
    entry = JSON.parse(text);
  } catch (error) {
    throw new Error(`The entry is not JSON: ${(error as Error).message}`);
  }
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
    throw new Error('The entry must be an object: { … }');
  }
  return entry as Entry;
}
