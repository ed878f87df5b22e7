// The list of rules: their order changed with buttons or by dragging.
import { useRef, useState } from 'preact/hooks';
import { useDrag } from '../parts/use-drag.ts';
import { RuleRow } from './rule-row.tsx';
import type { RuleList } from './use-rule-list.ts';

interface Props {
  readonly list: RuleList;
  /** Messages that the rules in force have decided. */
  readonly decided: readonly number[];
}

export function RuleRows({ list, decided }: Props) {
  const [opened, setOpened] = useState<string>();
  const [announced, setAnnounced] = useState('');
  const rows = useRef<HTMLOListElement>(null);

  const move = (from: number, to: number) => {
    list.move(from, to);
    setAnnounced(`Rule ${from + 1} is now rule ${to + 1} of ${list.rules.length}.`);
  };
  const drag = useDrag(rows, move);

  if (list.rules.length === 0) return <p class="no-rules">No rules.</p>;
  return (
    <>
      <ol class={drag.dragged === undefined ? 'rules' : 'rules dragging'} ref={rows}>
        {list.rules.map(({ key, rule }, index) => (
          <li key={key} class={drag.dragged === index ? 'dragged' : undefined}>
            <RuleRow
              formId={`${key}-form`}
              place={index}
              length={list.rules.length}
              rule={rule}
              decided={list.isChanged ? undefined : decided[index]}
              isOpen={opened === key}
              onToggle={() => setOpened(opened === key ? undefined : key)}
              onChange={(changed) => list.change(index, changed)}
              onRemove={() => list.remove(index)}
              onMove={(to) => move(index, to)}
              handle={drag.handle(index)}
            />
          </li>
        ))}
      </ol>
      <p class="visually-hidden" role="status">
        {announced}
      </p>
    </>
  );
}
