// Adds a short code.
import { useState } from 'preact/hooks';
import { Button } from '../parts/button.tsx';
import { Failure } from '../parts/failure.tsx';
import { digitsOf } from '../parts/format.ts';
import { SelectField } from '../parts/select-field.tsx';
import { TextField } from '../parts/text-field.tsx';
import { showToast } from '../parts/toasts.tsx';
import { useAction } from '../parts/use-action.ts';
import type { PoolCalls } from './use-pool.ts';

interface Props {
  readonly pool: PoolCalls;
  readonly onDone: () => void;
}

const countries = [
  { value: 'US', label: 'United States' },
  { value: 'CA', label: 'Canada' },
] as const;

export function AddShortcode({ pool, onDone }: Props) {
  const [shortcode, setShortcode] = useState('');
  const [country, setCountry] = useState<'US' | 'CA'>('US');
  const add = useAction(() => pool.addShortcode(shortcode, country));
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (!(await add.run())) return;
    showToast(`The short code ${shortcode} was added.`);
    onDone();
  };

  return (
    <form onSubmit={submit}>
      <p class="quiet">
        A short code carries SMS to its own country and is much faster than a long code. A powerpack has at
        most one for the US and one for Canada.
      </p>
      <div class="filters">
        <TextField
          label="Short code"
          class="short code"
          inputMode="numeric"
          required
          pattern="\d{5,6}"
          maxLength={6}
          title="5 or 6 digits"
          value={shortcode}
          onInput={(text) => setShortcode(digitsOf(text))}
        />
        <SelectField label="Country" value={country} options={countries} onChange={setCountry} />
        <Button kind="primary" type="submit" busy={add.isRunning}>
          Add the short code
        </Button>
      </div>
      <Failure error={add.error} />
    </form>
  );
}
