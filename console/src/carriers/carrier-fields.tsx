// The fields of a carrier's form, by its kind.
import { Switch } from '../parts/field.tsx';
import { SelectField } from '../parts/select-field.tsx';
import { TextField } from '../parts/text-field.tsx';
import { type CarrierDraft, type CarrierKind, httpKinds, smppPresets } from './carrier-draft.ts';

export const kindLabels: Readonly<Record<CarrierKind, string>> = {
  smpp: 'SMSC (SMPP)',
  plivo: 'Plivo, or another Rucksack (HTTP)',
  twilio: 'Twilio (HTTP)',
  telnyx: 'Telnyx (HTTP)',
  bandwidth: 'Bandwidth (HTTP)',
  vonage: 'Vonage (HTTP)',
  kannel: 'Kannel (HTTP)',
  jasmin: 'Jasmin (HTTP)',
};

interface Props {
  readonly draft: CarrierDraft;
  /** Whether there is no such carrier yet: its secrets have to be given. */
  readonly isNew: boolean;
  readonly change: (part: Partial<CarrierDraft>) => void;
}

export function CarrierFields(props: Props) {
  const { draft, isNew, change } = props;
  return (
    <>
      {isNew && (
        <TextField
          label="Name"
          hint="2 to 32 of a-z, 0-9 and -. It stands with each message, so it never changes."
          required
          maxLength={32}
          value={draft.name}
          onInput={(name) => change({ name })}
        />
      )}
      {draft.kind === 'smpp' ? <SmppFields {...props} /> : <HttpFields {...props} kind={draft.kind} />}
      <TextField
        label="Rate"
        hint="Segments a second that the account may send. Empty for no limit."
        inputMode="decimal"
        value={draft.rate}
        onInput={(rate) => change({ rate })}
      />
    </>
  );
}

const keeps = 'Empty to leave it as it is. It is stored encrypted and never shown.';

function SmppFields({ draft, isNew, change }: Props) {
  return (
    <>
      <SelectField
        label="Vendor"
        value={draft.smppPreset}
        options={smppPresets.map((preset) => ({
          value: preset,
          label: preset === '' ? 'Any other' : preset,
        }))}
        onChange={(smppPreset) => change({ smppPreset })}
      />
      <div class="field-row">
        <TextField label="Host" required value={draft.host} onInput={(host) => change({ host })} />
        <TextField
          label="Port"
          required
          inputMode="numeric"
          value={draft.port}
          onInput={(port) => change({ port })}
        />
      </div>
      <Switch
        label="Encrypted (TLS)"
        hint="The SMSC's certificate is checked."
        checked={draft.isEncrypted}
        onChange={(isEncrypted) => change({ isEncrypted })}
      />
      <TextField
        label="System id"
        required
        maxLength={15}
        autocomplete="off"
        value={draft.systemId}
        onInput={(systemId) => change({ systemId })}
      />
      <TextField
        label="Password"
        type="password"
        hint={isNew ? 'It is stored encrypted and never shown again.' : keeps}
        required={isNew}
        autocomplete="new-password"
        value={draft.password}
        onInput={(password) => change({ password })}
      />
      <div class="field-row">
        <TextField
          label="Binds"
          hint="Sessions at once, of all processes. Empty for 1."
          inputMode="numeric"
          value={draft.binds}
          onInput={(binds) => change({ binds })}
        />
        <TextField
          label="Window"
          hint="Messages under way on each. Empty for 10."
          inputMode="numeric"
          value={draft.window}
          onInput={(window) => change({ window })}
        />
      </div>
    </>
  );
}

function HttpFields({ draft, kind, isNew, change }: Props & { readonly kind: keyof typeof httpKinds }) {
  const { secrets, hasMms, url } = httpKinds[kind];
  return (
    <>
      {secrets.map(({ name, label }) => (
        <TextField
          key={name}
          label={label}
          type="password"
          hint={isNew ? undefined : 'Empty to leave all of these as they are.'}
          required={isNew}
          autocomplete="new-password"
          value={draft.secrets[name] ?? ''}
          onInput={(text) => change({ secrets: { ...draft.secrets, [name]: text } })}
        />
      ))}
      {url !== undefined && (
        <>
          <TextField
            label="Address"
            hint={`Empty for ${url}`}
            value={draft.url}
            onInput={(text) => change({ url: text })}
          />
          <Switch
            label="In a private network"
            hint="It may have an address that is not public."
            checked={draft.isPrivate}
            onChange={(isPrivate) => change({ isPrivate })}
          />
        </>
      )}
      {hasMms && (
        <SelectField
          label="Services"
          value={draft.services}
          options={[
            { value: 'both', label: 'SMS and MMS' },
            { value: 'sms', label: 'SMS' },
            { value: 'mms', label: 'MMS' },
          ]}
          onChange={(services) => change({ services })}
        />
      )}
    </>
  );
}
