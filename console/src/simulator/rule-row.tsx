// One rule in the list: what it says, and what can be done with it.
import { Button } from '../parts/button.tsx';
import { counted } from '../parts/format.ts';
import { MoveButtons } from '../parts/move-buttons.tsx';
import type { DragHandle } from '../parts/use-drag.ts';
import type { Rule } from './rule.ts';
import { RuleForm } from './rule-form.tsx';
import { ruleInWords } from './rule-words.ts';

interface Props {
  readonly formId: string;
  /** Counted from zero. */
  readonly place: number;
  readonly length: number;
  readonly rule: Rule;
  /** Messages that it has decided; `undefined` while that is not about this list. */
  readonly decided: number | undefined;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly onChange: (rule: Rule) => void;
  readonly onRemove: () => void;
  readonly onMove: (to: number) => void;
  readonly handle: DragHandle;
}

export function RuleRow(props: Props) {
  const { formId, place, length, rule, decided, isOpen, onToggle, onChange, onRemove, onMove, handle } =
    props;
  const number = place + 1;
  return (
    <>
      <div class="rule-head">
        <div class="rule-sentence" {...handle}>
          <span class="handle" aria-hidden="true">
            ⠿
          </span>
          <p>
            {number}. {ruleInWords(rule)}{' '}
            {decided !== undefined && <span class="quiet">{counted(decided, 'message')} so far.</span>}
          </p>
        </div>
        <div class="rule-buttons">
          <MoveButtons
            place={place}
            length={length}
            label={(direction) => `Move rule ${number} ${direction}`}
            onMove={onMove}
          />
          <Button
            kind="quiet"
            aria-expanded={isOpen}
            aria-controls={formId}
            aria-label={`${isOpen ? 'Close' : 'Edit'} rule ${number}`}
            onClick={onToggle}
          >
            {isOpen ? 'Close' : 'Edit'}
          </Button>
          <Button kind="quiet" aria-label={`Remove rule ${number}`} onClick={onRemove}>
            Remove
          </Button>
        </div>
      </div>
      <div id={formId} hidden={!isOpen}>
        {isOpen && <RuleForm place={number} rule={rule} onChange={onChange} />}
      </div>
    </>
  );
}
