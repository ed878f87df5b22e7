// Putting a list in order by dragging, with a mouse, a pen or a finger.
import type { RefObject } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { dropPlace } from './move.ts';

/** The events of what something is held by. */
export interface DragHandle {
  readonly onPointerDown: (event: PointerEvent) => void;
}

export interface Drag {
  /** The place of what is held. */
  readonly held: number | undefined;
  /** For the item at a place. */
  readonly handle: (index: number) => DragHandle;
}

/**
 * Calls `place` whenever what is held comes to another place, and once more when Escape, or the system, puts it back. The list takes
 * hold of the pointer, not the item: that one is moved in the document, which would let go of it.
 */
export function useDrag(
  list: RefObject<HTMLElement | null>,
  place: (from: number, to: number) => void,
): Drag {
  const [held, setHeld] = useState<number>();
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
      setHeld(to);
    };
    const end = () => {
      ending.abort();
      setHeld(undefined);
    };
    const putBack = () => {
      go(first);
      end();
    };
    element.setPointerCapture(pointerId);
    setHeld(first);
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
    held,
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
