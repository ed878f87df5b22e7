// How a number is doing: its health over two days, why its messages failed, and its queue.

import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { ChartFigure } from '../charts/chart-figure.tsx';
import { atLeast } from '../live/intervals.ts';
import { unlessMissing } from '../live/missing.ts';
import { type Resource, useResource } from '../live/use-resource.ts';
import { useServerNow } from '../live/use-server-now.ts';
import { errorInWords } from '../messages/error-words.ts';
import { useFailures } from '../messages/failure-reasons.tsx';
import { withRange } from '../messages/message-filters.ts';
import { Badge } from '../parts/badge.tsx';
import { ButtonLink } from '../parts/button.tsx';
import { count, counted, duration, percent, phoneNumber } from '../parts/format.ts';
import { Loaded } from '../parts/page.tsx';
import { TimeAgo } from '../parts/time-ago.tsx';
import { useSession } from '../session/session.ts';
import { healthChart } from './health-chart.ts';
import { healthWords } from './health-words.ts';

interface Props {
  readonly number: string;
  readonly powerpack: string | null;
}

type Member = Schemas['Queue'];

interface Doing {
  readonly hours: Schemas['NumberHealth']['hours'];
  /** Its place in the pool of its powerpack; undefined where it is in none that the caller sees. */
  readonly member: Member | undefined;
  /** Recipients whose sticky sender it is. */
  readonly stickyRecipients: number;
}

const interval = atLeast(3000);
const everyMs = 60_000;

function useDoing({ number, powerpack }: Props): Resource<Doing> {
  const { client } = useSession();
  return useResource(
    `health of number ${number} in ${powerpack}`,
    async (signal) => {
      const [{ hours }, queues, sticky] = await Promise.all([
        answerOf(client.GET('/Number/{number}/Health/', { params: { path: { number } }, signal })),
        powerpack === null
          ? null
          : unlessMissing(
              answerOf(
                client.GET('/Powerpack/{powerpack_uuid}/Queue/', {
                  params: { path: { powerpack_uuid: powerpack }, query: { starts_with: number } },
                  signal,
                }),
              ),
            ),
        powerpack === null
          ? null
          : unlessMissing(
              answerOf(
                client.GET('/Powerpack/{powerpack_uuid}/Sticky/', {
                  params: { path: { powerpack_uuid: powerpack }, query: { number, limit: 1 } },
                  signal,
                }),
              ),
            ),
      ]);
      const stickyRecipients = sticky?.meta.total_count ?? 0;
      return { hours, stickyRecipients, member: queues?.objects.find((member) => member.number === number) };
    },
    ['messages', 'numbers', 'powerpacks'],
    { interval },
  );
}

export function NumberHealth(props: Props) {
  const { number } = props;
  const now = useServerNow(everyMs);
  const doing = useDoing(props);
  return (
    <Loaded resource={doing}>
      {({ hours, member, stickyRecipients }) => {
        const finished = hours.reduce((sum, hour) => sum + hour.finished, 0);
        const delivered = hours.reduce((sum, hour) => sum + hour.delivered, 0);
        return (
          <>
            {member !== undefined && <Queue member={member} stickyRecipients={stickyRecipients} />}
            <ChartFigure
              title="Health over time"
              sentence={
                finished === 0
                  ? `No report on a message of ${phoneNumber(number)} came in the last two days.`
                  : `${percent(delivered / finished)} of ${counted(finished, 'message')} of the last two days arrived.`
              }
              note="By the hour in which the carrier reported."
              chart={healthChart(hours, now)}
            />
            <Reasons number={number} now={now} />
          </>
        );
      }}
    </Loaded>
  );
}

interface QueueProps {
  readonly member: Member;
  readonly stickyRecipients: number;
}

function Queue({ member, stickyRecipients }: QueueProps) {
  const { queued, oldest_age_seconds: age, next_free_at: free } = member;
  const { word, tone, detail } = healthWords(member.health);
  return (
    <section class="card" aria-labelledby="doing">
      <h2 id="doing">Now</h2>
      <dl class="facts">
        <dt>Health</dt>
        <dd>
          <Badge tone={tone}>{word}</Badge> {detail}
        </dd>
        <dt>Queue</dt>
        <dd>
          {counted(queued, 'message')}
          {age !== null && `, the oldest waits for ${duration(age)}`}
        </dd>
        <dt>Sticky recipients</dt>
        <dd>{stickyRecipients === 0 ? 'none' : `${counted(stickyRecipients, 'recipient')} hear from it`}</dd>
        <dt>Free</dt>
        <dd>
          <TimeAgo time={free} />
        </dd>
        <dt>Segments today</dt>
        <dd>
          {count(member.segments_today)}
          {member.daily_segments !== null && ` of ${count(member.daily_segments)}, then others are preferred`}
        </dd>
      </dl>
    </section>
  );
}

/** Shows the reasons of the last seven days, each with its messages, and the ways to all of them. */
function Reasons({ number, now }: { readonly number: string; readonly now: number }) {
  const { data } = useFailures(withRange({ from_number: number }, 'week', now));
  const messages = `/console/messages?from_number=${number}&range=week`;
  return (
    <section class="card" aria-labelledby="why">
      <h2 id="why">Messages that did not arrive, last 7 days</h2>
      {data?.messages === 0 && <p>None.</p>}
      {data != null && data.messages > 0 && (
        <ul class="reason-list">
          {data.codes.map(({ error_code: code, error_message: message, messages: failed }) => (
            <li key={code}>
              <a href={`${messages}&error_code=${code}`}>
                {count(failed)} × {code} {message}
              </a>
              <p class="hint">{errorInWords(code)}</p>
            </li>
          ))}
        </ul>
      )}
      <p class="actions">
        <ButtonLink href={messages}>All messages from it</ButtonLink>
        <ButtonLink href={`/console/messages?to_number=${number}&range=week`}>Messages to it</ButtonLink>
      </p>
    </section>
  );
}
