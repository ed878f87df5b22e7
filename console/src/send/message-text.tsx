// The text, with what it costs while it is typed.
import { useId } from 'preact/hooks';
import { count, counted } from '../parts/format.ts';
import { measureForSending, nameOfCharacter, type ShownMeasure } from './text-measure.ts';

interface Props {
  readonly label: string;
  readonly text: string;
  /** Whether the powerpack replaces look-alikes. */
  readonly isSmart: boolean;
  readonly isMms: boolean;
  readonly onInput: (text: string) => void;
}

export function MessageText({ label, text, isSmart, isMms, onInput }: Props) {
  const id = useId();
  const measure = measureForSending(text, isSmart);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <textarea
        id={id}
        rows={4}
        value={text}
        aria-describedby={`${id}-measure`}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      <div class="measure" id={`${id}-measure`}>
        <p>{measure.isTooLong ? tooLong : sizeOf(measure, isMms)}</p>
        <p>{hintOn(measure)}</p>
      </div>
    </div>
  );
}

const tooLong = 'Too long: at most 1,600 characters of GSM-7, or 737 of UCS-2, are accepted.';

function sizeOf({ encoding, segments, left }: ShownMeasure, isMms: boolean): string {
  const alphabet = encoding === 'gsm7' ? 'GSM-7' : 'UCS-2';
  if (isMms) return `MMS: one segment, whatever its length. ${alphabet}.`;
  return `${alphabet}, ${counted(segments, 'segment')}, ${count(left)} left in ${segments === 1 ? 'it' : 'the last'}.`;
}

const maxNamed = 10;

/** Returns why the text has so many segments, where that is not plain. */
function hintOn({ forcing, isSimplified }: ShownMeasure): string {
  if (isSimplified) return 'Smart encoding replaces typographic characters by plain ones, so it stays GSM-7.';
  if (forcing.length === 0) return '';
  const named = forcing.slice(0, maxNamed).map(nameOfCharacter).join(' ');
  const more = forcing.length > maxNamed ? ` and ${count(forcing.length - maxNamed)} more` : '';
  return `Not in GSM-7, so a segment holds 70 instead of 160: ${named}${more}`;
}
