// How far something with many things has come, and what failed, one by one.
import { Button } from '../parts/button.tsx';
import { count, counted, phoneNumber } from '../parts/format.ts';
import { Notice } from '../parts/notice.tsx';
import type { Run } from './use-one-by-one.ts';

interface Props<Item> {
  readonly run: Run<Item>;
  /** The action that was done with each: `added`. */
  readonly done: string;
  readonly noun?: string;
  readonly onRepeat: (items: readonly Item[]) => void;
}

export function RunProgress<Item extends { readonly number: string }>({
  run: { progress, isRunning, stop },
  done,
  noun = 'number',
  onRepeat,
}: Props<Item>) {
  if (progress === undefined) return null;
  const { total, failures } = progress;
  const succeeded = progress.done - failures.length;
  const isStopped = !isRunning && progress.done < total;
  return (
    <div class="run">
      {isRunning ? (
        <p class="run-bar">
          <progress aria-label={`${noun}s ${done}`} max={total} value={progress.done} />
          <span>
            {count(progress.done)} of {count(total)}
          </span>
          <Button onClick={stop}>Stop</Button>
        </p>
      ) : (
        succeeded > 0 && (
          <Notice tone="good">
            {counted(succeeded, noun)} {done}.
          </Notice>
        )
      )}
      {isStopped && <Notice tone="info">Stopped: {count(total - progress.done)} were not tried.</Notice>}
      {failures.length > 0 && (
        <Notice tone="bad">
          <p>
            {counted(failures.length, noun)} could not be {done}:
          </p>
          <ul class="failures">
            {failures.map(({ item, reason }) => (
              <li key={item.number}>
                <span class="code">{phoneNumber(item.number)}</span>: {reason}
              </li>
            ))}
          </ul>
          {!isRunning && (
            <Button onClick={() => onRepeat(failures.map(({ item }) => item))}>Try again</Button>
          )}
        </Notice>
      )}
    </div>
  );
}
