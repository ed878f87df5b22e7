// Buttons that move an item of a list up or down, without dragging.
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Button } from './button.tsx';

type Direction = 'up' | 'down';

interface Props {
  /** Counted from zero. */
  readonly place: number;
  readonly length: number;
  readonly label: (direction: Direction) => string;
  readonly onMove: (to: number) => void;
}

export function MoveButtons({ place, length, label, onMove }: Props) {
  const pressed = useRef<HTMLButtonElement>(undefined);

  // Moving an element in the document takes the focus from the button inside it; at the end of the list, the way back gets it.
  useLayoutEffect(() => {
    const button = pressed.current;
    pressed.current = undefined;
    const next = button?.disabled
      ? button.parentElement?.querySelector<HTMLButtonElement>('button:enabled')
      : button;
    next?.focus();
  });

  const step = (direction: Direction, to: number) => (
    <Button
      kind="quiet"
      aria-label={label(direction)}
      disabled={to < 0 || to >= length}
      onClick={({ currentTarget }) => {
        pressed.current = currentTarget;
        onMove(to);
      }}
    >
      <span aria-hidden="true">{direction === 'up' ? '↑' : '↓'}</span>
    </Button>
  );

  return (
    <>
      {step('up', place - 1)}
      {step('down', place + 1)}
    </>
  );
}
