// When a member could send a new message. Moments pass, so it looks at the clock each second.
import { useServerNow } from '../live/use-server-now.ts';
import { duration, moment } from '../parts/format.ts';

const everyMs = 1000;

export function FreeMoment({ time }: { readonly time: string }) {
  const seconds = (new Date(time).getTime() - useServerNow(everyMs)) / 1000;
  return (
    <time dateTime={time} title={moment(time)}>
      {seconds < 1 ? 'now' : `in ${duration(Math.ceil(seconds))}`}
    </time>
  );
}
