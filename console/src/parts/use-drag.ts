// Putting a list in order by dragging, with a mouse, a pen or a finger.
import type { RefObject } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { dropPlace } from './move.ts';

/** The events of what something is dragged by. */
export interface DragHandle {
  readonly onPointerDown: (event: PointerEvent) => void;
}

interface Drag {
  /** The place of what is dragged. */
  readonly dragged: number | undefined;
  /** For the item at a place. */
  readonly handle: (index: number) => DragHandle;
}

/**
 * Calls `place` whenever the dragged item comes to another place, and once more when Escape, or the system, puts it back. The list captures
 * the pointer, not the item: the item is moved in the document, which would release the pointer.
 */
export function useDrag(
  list: RefObject<HTMLElement | null>,
  place: (from: number, to: number) => void,
): Drag {
  const [dragged, setDragged] = useState<number>();
  const placing = useRef(place);
  placing.current = place;

  const start = (first: number, { button, pointerId }: PointerEvent) => {
    const element = list.current;
    if (element === null || button !== 0) return;
    const ending = new AbortController();
    const { signal } = ending;
    let now = first;
    const go = (to: number) => {
      if (to === now) return;
      placing.current(now, to);
      now = to;
      setDragged(to);
    };
    const end = () => {
      ending.abort();
      setDragged(undefined);
    };
    const putBack = () => {
      go(first);
      end();
    };
    element.setPointerCapture(pointerId);
    setDragged(first);
    element.addEventListener(
      'pointermove',
      ({ clientY }) => go(dropPlace(middlesOf(element), now, clientY)),
      {
        signal,
      },
    );
    element.addEventListener('pointerup', end, { signal });
    element.addEventListener('pointercancel', putBack, { signal });
    document.addEventListener('keydown', ({ key }) => key === 'Escape' && putBack(), { signal });
  };
  return {
    dragged,
    handle: (index) => ({
      onPointerDown: (event) => {
        event.preventDefault();
        start(index, event);
      },
    }),
  };
}

const middlesOf = (list: HTMLElement): readonly number[] =>
  [...list.children].map((item) => {
    const { top, height } = item.getBoundingClientRect();
    return top + height / 2;
  });
