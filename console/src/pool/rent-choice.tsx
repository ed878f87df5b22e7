// Whether a number that leaves its pool stays rented.
import { useId } from 'preact/hooks';

interface Props {
  readonly unrents: boolean;
  readonly onChange: (unrents: boolean) => void;
}

export function RentChoice({ unrents, onChange }: Props) {
  const name = useId();
  return (
    <fieldset class="choice">
      <legend class="visually-hidden">What becomes of the number</legend>
      <label>
        <input type="radio" name={name} checked={!unrents} onChange={() => onChange(false)} /> Keep it rented
      </label>
      <label>
        <input type="radio" name={name} checked={unrents} onChange={() => onChange(true)} /> Unrent it as well
      </label>
    </fieldset>
  );
}
