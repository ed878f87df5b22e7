// Options that few messages need: sending later, callbacks, stored content, expiry.
import { SelectField } from '../parts/select-field.tsx';
import { TextField } from '../parts/text-field.tsx';
import type { Draft } from './draft.ts';

interface Props {
  readonly draft: Draft;
  readonly change: (changes: Partial<Draft>) => void;
}

const logs: readonly { readonly value: Draft['log']; readonly label: string }[] = [
  { value: 'true', label: 'Number and text' },
  { value: 'number_only', label: 'Number only' },
  { value: 'content_only', label: 'Text only' },
  { value: 'false', label: 'Neither' },
];

const priorities: readonly { readonly value: Draft['priority']; readonly label: string }[] = [
  { value: '', label: 'As the powerpack says' },
  { value: 'transactional', label: 'Transactional' },
  { value: 'bulk', label: 'Bulk: behind transactional messages' },
];

const methods = [
  { value: 'POST', label: 'POST' },
  { value: 'GET', label: 'GET' },
] as const;

export function MoreOptions({ draft, change }: Props) {
  return (
    <details class="more">
      <summary>Send later, callback URL, log, expiry</summary>
      <TextField
        label="Send at"
        hint="In your time zone, at most 35 days ahead. Empty is now."
        type="datetime-local"
        value={draft.sendAt}
        onInput={(text) => change({ sendAt: text })}
      />
      <SelectField
        label="Priority"
        value={draft.priority}
        options={priorities}
        onChange={(priority) => change({ priority })}
      />
      <TextField
        label="Callback URL"
        hint="Called at each change of state."
        type="url"
        maxLength={2048}
        placeholder="https://"
        value={draft.callbackUrl}
        onInput={(text) => change({ callbackUrl: text })}
      />
      <SelectField
        label="Callback method"
        value={draft.callbackMethod}
        options={methods}
        onChange={(callbackMethod) => change({ callbackMethod })}
      />
      <SelectField
        label="Store"
        hint="What can be read of it later."
        value={draft.log}
        options={logs}
        onChange={(log) => change({ log })}
      />
      <TextField
        label="Expiry, in seconds"
        hint="How long it may wait for its number: 5 to 10,800. Empty is 10,800."
        type="number"
        min={5}
        max={10_800}
        value={draft.expiry}
        onInput={(text) => change({ expiry: text })}
      />
    </details>
  );
}
