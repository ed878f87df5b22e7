// A chart with what it says in a sentence, and its figures as a table for who would rather read.
import { useState } from 'preact/hooks';
import { Button } from '../parts/button.tsx';
import { type Chart, describePoint, hasFigures } from './chart.ts';
import { ChartTable } from './chart-table.tsx';
import { Legend } from './legend.tsx';
import { Plot } from './plot.tsx';
import { type Places, useBrush } from './use-brush.ts';

interface Props {
  readonly title: string;
  /** The result of the chart, in a sentence. */
  readonly sentence: string;
  /** More about it, where it needs an explanation. */
  readonly note?: string | undefined;
  readonly chart: Chart;
}

export function ChartFigure({ title, sentence, note, chart }: Props) {
  const [isTable, setTable] = useState(false);
  return (
    <figure class="card chart">
      <div class="chart-head">
        <h2>{title}</h2>
        <Button kind="quiet" aria-pressed={isTable} onClick={() => setTable(!isTable)}>
          Show as table
        </Button>
      </div>
      <figcaption>
        <p>{sentence}</p>
        {note !== undefined && <p class="hint">{note}</p>}
      </figcaption>
      {isTable ? (
        <ChartTable title={title} chart={chart} />
      ) : (
        <DrawnChart title={title} sentence={sentence} chart={chart} />
      )}
    </figure>
  );
}

/** Draws the chart. A slider that only the keyboard finds moves through its points, so that they are read aloud. */
function DrawnChart({ title, sentence, chart }: Omit<Props, 'note'>) {
  const { at, setAt, chosen, choose, onKeyDown, step, leave } = useBrush(chart);
  const last = chart.points.length - 1;
  const described = describePoint(chart, at ?? last);
  return (
    <>
      <Legend series={chart.series} />
      <div class="plot-frame">
        <input
          class="visually-hidden"
          type="range"
          aria-label={`Through the chart: ${title}`}
          min={0}
          max={Math.max(0, last)}
          value={at ?? last}
          aria-valuetext={described}
          onFocus={() => setAt(last)}
          onBlur={leave}
          onKeyDown={onKeyDown}
          onInput={(event) => step(Number(event.currentTarget.value))}
        />
        <Plot chart={chart} label={sentence} at={at} chosen={chosen} onPoint={setAt} onSelect={choose} />
        {!hasFigures(chart) && <p class="plot-empty">Nothing to draw yet</p>}
      </div>
      <p class="readout">{at === undefined ? '' : described}</p>
      {chart.between !== undefined && <Chosen chart={chart} between={chart.between} chosen={chosen} />}
    </>
  );
}

interface ChosenProps {
  readonly chart: Chart;
  readonly between: NonNullable<Chart['between']>;
  readonly chosen: Places | undefined;
}

/** Shows the ways on from what was chosen in the chart, or how to choose. */
function Chosen({ chart: { points }, between, chosen }: ChosenProps) {
  const [first, last] = (chosen ?? []).map((place) => points[place]);
  if (chosen === undefined || first === undefined || last === undefined) {
    return (
      <p class="hint" role="status">
        Drag over the chart, or hold Shift and press the arrow keys in it, to choose a stretch of time.
      </p>
    );
  }
  const { messages, closer } = between(...chosen);
  return (
    <p class="hint chosen" role="status">
      <a href={messages}>Messages of {first === last ? first.label : `${first.label} to ${last.label}`}</a>
      {closer !== undefined && <a href={closer}>Look closer</a>}
    </p>
  );
}
