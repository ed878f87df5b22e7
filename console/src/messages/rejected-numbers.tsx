// How many numbers of a pool were rejected for each reason.
import { count } from '../parts/format.ts';
import { reasonInWords } from './reason-words.ts';

export function RejectedNumbers({ counts }: { readonly counts: Readonly<Record<string, number>> }) {
  const reasons = Object.entries(counts).sort(([, a], [, b]) => b - a);
  if (reasons.length === 0) return <p class="quiet">There is none to choose from.</p>;
  return (
    <ul class="rejected-numbers">
      {reasons.map(([reason, numbers]) => (
        <li key={reason}>
          <strong>{count(numbers)}</strong>: {reasonInWords(reason)}
        </li>
      ))}
    </ul>
  );
}
