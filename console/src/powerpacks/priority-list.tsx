// One list of the number priority, put in order by dragging or with buttons.
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../parts/button.tsx';
import { move } from './move.ts';
import {
  entryInWords,
  kindInWords,
  orderOf,
  type PriorityEntry,
  type SenderKind,
} from './number-priority.ts';
import { useDrag } from './use-drag.ts';

interface Props {
  readonly entry: PriorityEntry;
  readonly onOrder: (order: readonly SenderKind[]) => void;
}

type Direction = 'up' | 'down';

export function PriorityList({ entry, onOrder }: Props) {
  const order = orderOf(entry);
  const words = entryInWords(entry);
  const headingId = useId();
  const list = useRef<HTMLOListElement>(null);
  const pressed = useRef<{ kind: SenderKind; direction: Direction } | undefined>(undefined);
  const [news, setNews] = useState('');

  const place = (from: number, to: number) => {
    const moved = order[from];
    if (moved === undefined || from === to) return;
    onOrder(move(order, from, to));
    setNews(`${kindInWords[moved]} is now number ${to + 1} of ${order.length} for ${words}.`);
  };
  const drag = useDrag(list, place);

  // Moving an element in the document takes the focus from the button inside it.
  useLayoutEffect(() => {
    if (pressed.current === undefined) return;
    const { kind, direction } = pressed.current;
    pressed.current = undefined;
    const buttons = list.current?.querySelectorAll<HTMLButtonElement>(`[data-kind=${kind}] button:enabled`);
    const same = [...(buttons ?? [])].find((button) => button.dataset.direction === direction);
    (same ?? buttons?.[0])?.focus();
  });

  const step = (kind: SenderKind, index: number, direction: Direction) => (
    <Button
      kind="quiet"
      data-direction={direction}
      aria-label={`Move ${kindInWords[kind].toLowerCase()} ${direction} for ${words}`}
      disabled={direction === 'up' ? index === 0 : index === order.length - 1}
      onClick={() => {
        pressed.current = { kind, direction };
        place(index, direction === 'up' ? index - 1 : index + 1);
      }}
    >
      <span aria-hidden="true">{direction === 'up' ? '↑' : '↓'}</span>
    </Button>
  );

  return (
    <section class="priority">
      <h3 id={headingId}>{words}</h3>
      <ol ref={list} aria-labelledby={headingId} class={drag.held === undefined ? undefined : 'dragging'}>
        {order.map((kind, index) => (
          <li key={kind} data-kind={kind} class={drag.held === index ? 'held' : undefined}>
            <span class="handle" aria-hidden="true" title="Drag to another place" {...drag.handle(index)}>
              ⠿
            </span>
            <span>{kindInWords[kind]}</span>
            {step(kind, index, 'up')}
            {step(kind, index, 'down')}
          </li>
        ))}
      </ol>
      <p class="visually-hidden" role="status">
        {news}
      </p>
    </section>
  );
}
