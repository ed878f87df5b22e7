// One list of the number priority, put in order by dragging or with buttons.
import { useId, useRef, useState } from 'preact/hooks';
import { move } from '../parts/move.ts';
import { MoveButtons } from '../parts/move-buttons.tsx';
import { useDrag } from '../parts/use-drag.ts';
import {
  entryInWords,
  kindInWords,
  orderOf,
  type PriorityEntry,
  type SenderKind,
} from './number-priority.ts';

interface Props {
  readonly entry: PriorityEntry;
  readonly onOrder: (order: readonly SenderKind[]) => void;
}

export function PriorityList({ entry, onOrder }: Props) {
  const order = orderOf(entry);
  const words = entryInWords(entry);
  const headingId = useId();
  const list = useRef<HTMLOListElement>(null);
  const [news, setNews] = useState('');

  const place = (from: number, to: number) => {
    const moved = order[from];
    if (moved === undefined || from === to) return;
    onOrder(move(order, from, to));
    setNews(`${kindInWords[moved]} is now number ${to + 1} of ${order.length} for ${words}.`);
  };
  const drag = useDrag(list, place);

  return (
    <section class="priority">
      <h3 id={headingId}>{words}</h3>
      <ol ref={list} aria-labelledby={headingId} class={drag.dragged === undefined ? undefined : 'dragging'}>
        {order.map((kind, index) => (
          <li key={kind} class={drag.dragged === index ? 'dragged' : undefined}>
            <span class="handle" aria-hidden="true" title="Drag to another place" {...drag.handle(index)}>
              ⠿
            </span>
            <span>{kindInWords[kind]}</span>
            <MoveButtons
              place={index}
              length={order.length}
              label={(direction) => `Move ${kindInWords[kind].toLowerCase()} ${direction} for ${words}`}
              onMove={(to) => place(index, to)}
            />
          </li>
        ))}
      </ol>
      <p class="visually-hidden" role="status">
        {news}
      </p>
    </section>
  );
}
