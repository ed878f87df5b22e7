// One rule in the list: what it says, and what can be done with it.
import { Button } from '../parts/button.tsx';
import { counted } from '../parts/format.ts';
import type { Rule } from './rule.ts';
import { RuleForm } from './rule-form.tsx';
import { ruleInWords } from './rule-words.ts';

interface Props {
  readonly rowKey: string;
  /** Counted from one. */
  readonly place: number;
  readonly places: number;
  readonly rule: Rule;
  /** Messages that it has decided; `undefined` while that is not about this list. */
  readonly decided: number | undefined;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly onChange: (rule: Rule) => void;
  readonly onRemove: () => void;
  readonly onMove: (by: -1 | 1) => void;
  readonly onDrag: (isDragging: boolean) => void;
}

export function RuleRow(props: Props) {
  const { rowKey, place, places, rule, decided, isOpen, onToggle, onChange, onRemove, onMove, onDrag } =
    props;
  const formId = `${rowKey}-form`;
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the buttons do the same for whoever cannot drag */}
      <div
        class="rule-head"
        draggable
        onDragStart={(event) => {
          event.dataTransfer?.setData('text/plain', String(place));
          onDrag(true);
        }}
        onDragEnd={() => onDrag(false)}
      >
        <span class="rule-grip" aria-hidden="true">
          ⠿
        </span>
        <p>
          {place}. {ruleInWords(rule)}{' '}
          {decided !== undefined && <span class="quiet">{counted(decided, 'message')} so far.</span>}
        </p>
        <div class="rule-buttons">
          <Button
            kind="quiet"
            data-focus={`${rowKey} up`}
            disabled={place === 1}
            aria-label={`Move rule ${place} up`}
            onClick={() => onMove(-1)}
          >
            ↑
          </Button>
          <Button
            kind="quiet"
            data-focus={`${rowKey} down`}
            disabled={place === places}
            aria-label={`Move rule ${place} down`}
            onClick={() => onMove(1)}
          >
            ↓
          </Button>
          <Button
            kind="quiet"
            aria-expanded={isOpen}
            aria-controls={formId}
            aria-label={`${isOpen ? 'Close' : 'Edit'} rule ${place}`}
            onClick={onToggle}
          >
            {isOpen ? 'Close' : 'Edit'}
          </Button>
          <Button kind="quiet" aria-label={`Remove rule ${place}`} onClick={onRemove}>
            Remove
          </Button>
        </div>
      </div>
      <div id={formId} hidden={!isOpen}>
        {isOpen && <RuleForm place={place} rule={rule} onChange={onChange} />}
      </div>
    </>
  );
}
