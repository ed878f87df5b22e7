// A URL that is called, and how.
import { useId } from 'preact/hooks';
import { Field } from '../parts/field.tsx';
import type { Method } from './application-draft.ts';

interface Props {
  readonly label: string;
  readonly hint: string;
  readonly required?: boolean;
  readonly url: string;
  readonly method: Method;
  readonly onUrl: (url: string) => void;
  readonly onMethod: (method: Method) => void;
}

export function UrlField({ label, hint, required = false, url, method, onUrl, onMethod }: Props) {
  const methodId = useId();
  return (
    <Field label={label} hint={hint}>
      {(id) => (
        <div class="url-field">
          <label class="visually-hidden" for={methodId}>
            Method of the {label}
          </label>
          <select
            id={methodId}
            value={method}
            onChange={(event) => onMethod(event.currentTarget.value === 'GET' ? 'GET' : 'POST')}
          >
            <option>POST</option>
            <option>GET</option>
          </select>
          <input
            id={id}
            class="code"
            type="url"
            maxLength={2048}
            required={required}
            placeholder="https://"
            value={url}
            onInput={(event) => onUrl(event.currentTarget.value.trim())}
          />
        </div>
      )}
    </Field>
  );
}
