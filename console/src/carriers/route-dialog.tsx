// Making and changing a route.
import { useState } from 'preact/hooks';
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { DialogForm } from '../parts/dialog-form.tsx';
import { SelectField } from '../parts/select-field.tsx';
import { TextField } from '../parts/text-field.tsx';
import { useSession } from '../session/session.ts';
import { bodyOf, draftOf, type MatchKey, type RouteDraft } from './route-draft.ts';

const matchOptions: readonly { readonly value: MatchKey; readonly label: string }[] = [
  { value: 'default', label: 'Everything else' },
  { value: 'number', label: 'A number, short code or name' },
  { value: 'kind', label: 'A kind of number' },
  { value: 'country', label: 'Numbers of a country' },
  { value: 'powerpack', label: 'A powerpack' },
  { value: 'account', label: 'An account or subaccount' },
];

interface Props {
  readonly carriers: readonly Schemas['Carrier'][];
  /** The route to change; a new one without. */
  readonly route?: Schemas['Route'];
  readonly onSaved: () => void;
  readonly onClose: () => void;
}

export function RouteDialog({ carriers, route, onSaved, onClose }: Props) {
  const { client } = useSession();
  const names = [...carriers.map(({ name }) => name), 'simulator'];
  const [draft, setDraft] = useState(() => draftOf(route, names[0] ?? 'simulator'));
  const change = (part: Partial<RouteDraft>) => setDraft((before) => ({ ...before, ...part }));
  const save = async () => {
    const body = bodyOf(draft);
    if (route === undefined) {
      await answerOf(client.POST('/Route/', { body }));
    } else {
      const params = { path: { route_id: route.route_id } };
      await answerOf(client.POST('/Route/{route_id}/', { params, body }));
    }
    onSaved();
  };
  return (
    <DialogForm
      title={route === undefined ? 'New route' : 'Edit the route'}
      verb={route === undefined ? 'Create route' : 'Save route'}
      act={save}
      onClose={onClose}
    >
      <SelectField
        label="Messages from"
        value={draft.key}
        options={matchOptions}
        onChange={(key) => change({ key })}
      />
      <Match draft={draft} change={change} />
      <SelectField
        label="Service"
        value={draft.service}
        options={[
          { value: 'sms', label: 'SMS' },
          { value: 'mms', label: 'MMS' },
        ]}
        onChange={(service) => change({ service })}
      />
      <SelectField
        label="Carrier"
        value={draft.carrier}
        options={names.map((name) => ({ value: name, label: name }))}
        onChange={(carrier) => change({ carrier })}
      />
      <TextField
        label="Then"
        hint="Carriers that are tried in this order while those before them are down, with commas between. May be empty."
        value={draft.fallback}
        onInput={(fallback) => change({ fallback })}
      />
    </DialogForm>
  );
}

interface MatchProps {
  readonly draft: RouteDraft;
  readonly change: (part: Partial<RouteDraft>) => void;
}

/** Shows the fields that say more of what a route is for. */
function Match({ draft: { key, value, kind, country }, change }: MatchProps) {
  const valueLabels = { number: 'Number', powerpack: 'UUID of the powerpack', account: 'Auth id' } as const;
  return (
    <>
      {(key === 'number' || key === 'powerpack' || key === 'account') && (
        <TextField
          label={valueLabels[key]}
          required
          value={value}
          onInput={(text) => change({ value: text })}
        />
      )}
      {key === 'kind' && (
        <SelectField
          label="Kind"
          value={kind}
          options={[
            { value: 'longcode', label: 'Long codes' },
            { value: 'tollfree', label: 'Toll-free numbers' },
            { value: 'shortcode', label: 'Short codes' },
            { value: 'alphanumeric', label: 'Alphanumeric names' },
          ]}
          onChange={(chosen) => change({ kind: chosen })}
        />
      )}
      {(key === 'kind' || key === 'country' || key === 'number') && (
        <TextField
          label="Country"
          hint={
            key === 'country'
              ? 'Two letters, such as US.'
              : key === 'kind'
                ? 'Two letters, such as US. Empty for all.'
                : 'Of a short code. Empty for a number or a name.'
          }
          required={key === 'country'}
          maxLength={2}
          value={country}
          onInput={(text) => change({ country: text })}
        />
      )}
    </>
  );
}
