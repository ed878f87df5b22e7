// What few messages need: callbacks, what is kept, how long it may wait.
import { Field } from '../parts/field.tsx';
import type { Draft } from './draft.ts';

interface Props {
  readonly draft: Draft;
  readonly change: (changes: Partial<Draft>) => void;
}

const logs: readonly { readonly log: Draft['log']; readonly label: string }[] = [
  { log: 'true', label: 'Number and text' },
  { log: 'number_only', label: 'Number only' },
  { log: 'content_only', label: 'Text only' },
  { log: 'false', label: 'Neither' },
];

export function MoreOptions({ draft, change }: Props) {
  return (
    <details class="more">
      <summary>Callback URL, log, expiry</summary>
      <Field label="Callback URL" hint="Called at each change of state.">
        {(id) => (
          <input
            id={id}
            type="url"
            maxLength={2048}
            placeholder="https://"
            value={draft.callbackUrl}
            onInput={(event) => change({ callbackUrl: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field label="Callback method">
        {(id) => (
          <select
            id={id}
            value={draft.callbackMethod}
            onChange={(event) =>
              change({ callbackMethod: event.currentTarget.value === 'GET' ? 'GET' : 'POST' })
            }
          >
            <option>POST</option>
            <option>GET</option>
          </select>
        )}
      </Field>
      <Field label="Keep" hint="What can be read of it later.">
        {(id) => (
          <select
            id={id}
            value={draft.log}
            onChange={(event) => {
              const chosen = logs.find(({ log }) => log === event.currentTarget.value);
              change({ log: chosen?.log ?? 'true' });
            }}
          >
            {logs.map(({ log, label }) => (
              <option key={log} value={log}>
                {label}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field
        label="Expiry, in seconds"
        hint="How long it may wait for its number: 5 to 10,800. Empty is 10,800."
      >
        {(id) => (
          <input
            id={id}
            type="number"
            min={5}
            max={10_800}
            value={draft.expiry}
            onInput={(event) => change({ expiry: event.currentTarget.value })}
          />
        )}
      </Field>
    </details>
  );
}
