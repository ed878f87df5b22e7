// The point of a chart that is looked at, and the stretch that is chosen: with the pointer, or with Shift and the arrow keys.
import { useCallback, useRef, useState } from 'preact/hooks';
import { type Chart, placesOf } from './chart.ts';

/** The places of the first and the last chosen point. */
export type Places = readonly [first: number, last: number];

const steps: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

export function useBrush(chart: Chart) {
  const [at, setAt] = useState<number>();
  // By what they are, not by where they stand: a chart of the last hour moves on.
  const [chosen, setChosen] = useState<readonly [from: number, to: number]>();
  /** Where the keyboard began to choose. */
  const anchor = useRef<number | undefined>(undefined);
  const shown = useRef(chart);
  shown.current = chart;

  const choose = useCallback(([one, other]: Places) => {
    const { points } = shown.current;
    const [first, last] = [points[Math.min(one, other)], points[Math.max(one, other)]];
    setChosen(first === undefined || last === undefined ? undefined : [first.x, last.x]);
  }, []);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (chart.between === undefined) return;
    if (event.key === 'Escape') setChosen(undefined);
    const step = steps[event.key];
    if (step === undefined || !event.shiftKey) return;
    event.preventDefault();
    const last = chart.points.length - 1;
    const from = at ?? last;
    const to = Math.min(Math.max(from + step, 0), last);
    anchor.current ??= from;
    setAt(to);
    choose([anchor.current, to]);
  };

  return {
    at,
    setAt,
    /** Undefined where nothing is chosen, or the chart has moved on past it. */
    chosen: chosen && placesOf(chart, chosen),
    choose,
    onKeyDown,
    /** Moves to a point without choosing. */
    step: (place: number): void => {
      anchor.current = undefined;
      setAt(place);
    },
    /** The keyboard has left the chart. */
    leave: (): void => {
      anchor.current = undefined;
      setAt(undefined);
    },
  };
}
