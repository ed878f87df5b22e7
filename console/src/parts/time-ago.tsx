// A moment as the time since then, or until then, with the moment itself at hand.
import { type ServerClock, useServerNow } from '../live/use-server-now.ts';
import { duration, moment } from './format.ts';

const everyMs = 10_000;

interface Props {
  readonly time: string;
  /** The clock that the time was read from. */
  readonly by?: ServerClock;
}

export function TimeAgo({ time, by }: Props) {
  const seconds = (useServerNow(everyMs, by) - new Date(time).getTime()) / 1000;
  return (
    <time dateTime={time} title={moment(time)}>
      {wordsFor(seconds)}
    </time>
  );
}

function wordsFor(seconds: number): string {
  if (Math.abs(seconds) < 5) return 'now';
  return seconds > 0 ? `${duration(seconds)} ago` : `in ${duration(-seconds)}`;
}
