// The choice of a deletion: keep the numbers rented, or unrent them. Each with its consequence.
import { useId } from 'preact/hooks';
import { counted } from '../parts/format.ts';
import type { DeletePlan } from './deletion-consequences.ts';

interface Props {
  readonly keeping: DeletePlan;
  readonly unrenting: DeletePlan;
  readonly unrent: boolean;
  readonly onChoose: (unrent: boolean) => void;
}

export function NumbersChoice({ keeping, unrenting, unrent, onChoose }: Props) {
  const numbers = counted(unrenting.numbers_unrented, 'number');
  const group = useId();
  const option = (value: boolean, label: string, consequence: string) => (
    <div class="option">
      <input
        id={`${group}-${value}`}
        type="radio"
        name={group}
        checked={unrent === value}
        aria-describedby={`${group}-${value}-hint`}
        onChange={() => onChoose(value)}
      />
      <label for={`${group}-${value}`}>{label}</label>
      <p class="hint" id={`${group}-${value}-hint`}>
        {consequence}
      </p>
    </div>
  );
  return (
    <fieldset class="card">
      <legend>What should happen to the numbers?</legend>
      {option(
        false,
        'Keep them rented',
        `${numbers} stay in the account, free for another powerpack. ${queueWords(keeping)}`,
      )}
      {option(
        true,
        'Unrent them',
        `${numbers} are given back. For a while they are held for this account; after that anybody can rent them. ${queueWords(unrenting)}`,
      )}
    </fieldset>
  );
}

const queueWords = ({ queued_messages: queued, queued_messages_failing: failing }: DeletePlan): string =>
  failing > 0 ? `Of ${counted(queued, 'queued message')}, ${failing} fail.` : 'No queued message fails.';
