// Adds a short code.
import { useState } from 'preact/hooks';
import { Button } from '../parts/button.tsx';
import { Field } from '../parts/field.tsx';
import { digitsOf } from '../parts/format.ts';
import { Notice } from '../parts/notice.tsx';
import { say } from '../parts/toasts.tsx';
import { useAction } from '../parts/use-action.ts';
import type { PoolCalls } from './use-pool.ts';

interface Props {
  readonly pool: PoolCalls;
  readonly onDone: () => void;
}

export function AddShortcode({ pool, onDone }: Props) {
  const [shortcode, setShortcode] = useState('');
  const [country, setCountry] = useState<'US' | 'CA'>('US');
  const add = useAction(() => pool.addShortcode(shortcode, country));
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (!(await add.run())) return;
    say(`The short code ${shortcode} was added.`);
    onDone();
  };

  return (
    <form onSubmit={submit}>
      <p class="quiet">
        A short code carries SMS to its own country and is much faster than a long code. A powerpack has at
        most one for the US and one for Canada.
      </p>
      <div class="filters">
        <Field label="Short code">
          {(id) => (
            <input
              id={id}
              class="short code"
              inputMode="numeric"
              required
              pattern="\d{5,6}"
              maxLength={6}
              title="5 or 6 digits"
              value={shortcode}
              onInput={(event) => setShortcode(digitsOf(event.currentTarget.value))}
            />
          )}
        </Field>
        <Field label="Country">
          {(id) => (
            <select
              id={id}
              value={country}
              onChange={(event) => setCountry(event.currentTarget.value === 'CA' ? 'CA' : 'US')}
            >
              <option value="US">United States</option>
              <option value="CA">Canada</option>
            </select>
          )}
        </Field>
        <Button kind="primary" type="submit" busy={add.isRunning}>
          Add the short code
        </Button>
      </div>
      {add.error !== undefined && <Notice tone="bad">{add.error.message}</Notice>}
    </form>
  );
}
