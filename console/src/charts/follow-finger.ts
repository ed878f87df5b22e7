// Dragging over a chart with a finger or a pen: uPlot itself follows the mouse alone.
import type uPlot from 'uplot';

/** A finger that has moved less has tapped; pixels. */
const leastPx = 8;

/**
 * Calls `onSelect` with the first and the last point that a finger was dragged over, until the returned function is called. Dragging up
 * or down scrolls the page: `touch-action` in `charts.css`.
 */
export function followFinger(
  plot: uPlot,
  onSelect: (points: readonly [first: number, last: number]) => void,
): () => void {
  const { over } = plot;
  const ending = new AbortController();
  const { signal } = ending;
  /** Where it was put down, and what was chosen before. */
  let start: { readonly at: number; readonly before: uPlot.Select } | undefined;

  const positionOf = ({ clientX }: PointerEvent): number => {
    const { left, width } = over.getBoundingClientRect();
    return Math.min(Math.max(clientX - left, 0), width);
  };
  over.addEventListener(
    'pointerdown',
    (event) => {
      if (event.pointerType !== 'mouse' && event.isPrimary)
        start = { at: positionOf(event), before: { ...plot.select } };
    },
    { signal },
  );
  over.addEventListener(
    'pointermove',
    (event) => {
      if (start === undefined || !event.isPrimary) return;
      const to = positionOf(event);
      const width = Math.abs(to - start.at);
      if (width < leastPx) return;
      plot.setSelect({ left: Math.min(start.at, to), width, top: 0, height: over.clientHeight }, false);
      plot.setCursor({ left: to, top: 1 });
    },
    { signal },
  );
  over.addEventListener(
    'pointerup',
    (event) => {
      if (start === undefined || !event.isPrimary) return;
      const [from, to] = [start.at, positionOf(event)];
      start = undefined;
      if (Math.abs(to - from) >= leastPx) onSelect([plot.posToIdx(from), plot.posToIdx(to)]);
    },
    { signal },
  );
  // The browser scrolls: it was no choice.
  over.addEventListener(
    'pointercancel',
    () => {
      if (start !== undefined) plot.setSelect(start.before, false);
      start = undefined;
    },
    { signal },
  );
  return () => ending.abort();
}
