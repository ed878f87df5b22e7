// A chart drawn on a canvas that is as wide as its place.
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import type { Chart } from './chart.ts';
import { useColours } from './colours.ts';
import { followFinger } from './follow-finger.ts';
import { plotOptions } from './plot-options.ts';

interface Props {
  readonly chart: Chart;
  /** The content in a sentence, for screen readers. */
  readonly label: string;
  /** Place of the point that is pointed at. */
  readonly at: number | undefined;
  /** Places of the first and the last point that are chosen. */
  readonly chosen: readonly [first: number, last: number] | undefined;
  readonly onPoint: (index: number | undefined) => void;
  /** Is called with the points that were dragged over. */
  readonly onSelect: (points: readonly [first: number, last: number]) => void;
}

export function Plot({ chart, label, at, chosen, onPoint, onSelect }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | undefined>(undefined);
  const shown = useRef(chart);
  shown.current = chart;
  const colours = useColours();
  const shape = [chart.along, ...chart.series.map(({ label: name }) => name)].join();

  useLayoutEffect(() => {
    const element = place.current;
    if (element === null) return;
    const size = () => ({ width: element.clientWidth, height: element.clientHeight });
    const drawing = { ...size(), colours, chart: () => shown.current, onPoint, onSelect };
    const drawn = new uPlot(plotOptions(drawing), figuresOf(shown.current), element);
    plot.current = drawn;
    const observer = new ResizeObserver(() => drawn.setSize(size()));
    observer.observe(element);
    const endFollowing = shown.current.between && followFinger(drawn, onSelect);
    return () => {
      endFollowing?.();
      observer.disconnect();
      drawn.destroy();
    };
  }, [colours, shape, onPoint, onSelect]);

  useEffect(() => plot.current?.setData(figuresOf(chart)), [chart]);

  useEffect(() => {
    const drawn = plot.current;
    if (drawn === undefined || at === (drawn.cursor.idx ?? undefined)) return;
    const left = at === undefined ? -1 : drawn.valToPos(chart.points[at]?.x ?? 0, 'x');
    // Without calling `onPoint`, which caused this: the two would call each other for ever.
    drawn.setCursor({ left, top: at === undefined ? -1 : 1 }, false);
  }, [at]);

  const [first, last] = chosen ?? [];
  useEffect(() => {
    const drawn = plot.current;
    if (drawn !== undefined) drawn.setSelect(boxOf(drawn, chart, first, last), false);
  }, [chart, first, last, colours, shape]);

  return <div class="plot" role="img" aria-label={label} ref={place} />;
}

/** Returns the box around the chosen points, half the way to their neighbours; one without a width where none are chosen. */
function boxOf(
  drawn: uPlot,
  { points }: Chart,
  first: number | undefined,
  last: number | undefined,
): uPlot.Select {
  const [from, to] = [points[first ?? -1], points[last ?? -1]];
  if (from === undefined || to === undefined) return { left: 0, top: 0, width: 0, height: 0 };
  const positionOf = (x: number): number => drawn.valToPos(x, 'x');
  const [one, next] = points;
  const half = one && next ? (positionOf(next.x) - positionOf(one.x)) / 2 : 8;
  const left = Math.max(0, positionOf(from.x) - half);
  const right = Math.min(drawn.over.clientWidth, positionOf(to.x) + half);
  return { left, top: 0, width: right - left, height: drawn.over.clientHeight };
}

const figuresOf = ({ points, series }: Chart): uPlot.AlignedData => [
  points.map(({ x }) => x),
  ...series.map(({ values }) => [...values]),
];
