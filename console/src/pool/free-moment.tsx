// When a member could send a new message. Moments pass, so it looks at the clock each second.
import { useEffect, useState } from 'preact/hooks';
import { duration, moment } from '../parts/format.ts';

const everyMs = 1000;

export function FreeMoment({ time }: { readonly time: string }) {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, []);
  const seconds = (new Date(time).getTime() - now) / 1000;
  return (
    <time dateTime={time} title={moment(time)}>
      {seconds < 1 ? 'now' : `in ${duration(Math.ceil(seconds))}`}
    </time>
  );
}
