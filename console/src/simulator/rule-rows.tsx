// The list of rules: their order changed with buttons or by dragging.
import { useEffect, useRef, useState } from 'preact/hooks';
import { RuleRow } from './rule-row.tsx';
import type { RuleList } from './use-rule-list.ts';

interface Props {
  readonly list: RuleList;
  /** Messages that the rules in force have decided. */
  readonly decided: readonly number[];
}

export function RuleRows({ list, decided }: Props) {
  const [opened, setOpened] = useState<string>();
  const [dragged, setDragged] = useState<string>();
  const [announced, setAnnounced] = useState('');
  const wantsFocus = useRef<string | undefined>(undefined);
  const rows = useRef<HTMLOListElement>(null);
  // The browser takes the focus from what is moved in the page; it is given back.
  useEffect(() => {
    if (wantsFocus.current === undefined) return;
    rows.current?.querySelector<HTMLElement>(`[data-focus="${wantsFocus.current}"]:enabled`)?.focus();
    wantsFocus.current = undefined;
  });

  const move = (from: number, to: number) => {
    const key = list.rules[from]?.key;
    list.move(from, to);
    const isAtEnd = to === 0 || to === list.rules.length - 1;
    const direction = to < from !== isAtEnd ? 'up' : 'down';
    wantsFocus.current = `${key} ${direction}`;
    setAnnounced(`Rule ${from + 1} is now rule ${to + 1} of ${list.rules.length}.`);
  };
  const dragOver = (to: number) => {
    const from = list.rules.findIndex(({ key }) => key === dragged);
    if (from >= 0 && from !== to) list.move(from, to);
  };

  if (list.rules.length === 0) return <p class="no-rules">No rules.</p>;
  return (
    <>
      <ol class="rules" ref={rows}>
        {list.rules.map(({ key, rule }, index) => (
          <li
            key={key}
            class={key === dragged ? 'dragged' : undefined}
            onDragOver={(event) => {
              if (dragged === undefined) return;
              event.preventDefault();
              dragOver(index);
            }}
            onDrop={(event) => event.preventDefault()}
          >
            <RuleRow
              rowKey={key}
              place={index + 1}
              places={list.rules.length}
              rule={rule}
              decided={list.isChanged ? undefined : decided[index]}
              isOpen={opened === key}
              onToggle={() => setOpened(opened === key ? undefined : key)}
              onChange={(changed) => list.change(index, changed)}
              onRemove={() => list.remove(index)}
              onMove={(by) => move(index, index + by)}
              onDrag={(isDragging) => setDragged(isDragging ? key : undefined)}
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
