// What came of each attempt at a call.
import type { Schemas } from '../../../client/src/client.ts';
import { Badge } from '../parts/badge.tsx';
import { duration, moment } from '../parts/format.ts';
import { TimeAgo } from '../parts/time-ago.tsx';
import { adviceOn } from './webhook-words.ts';

type Attempt = Schemas['Webhook']['log'][number];

export function Attempts({ log }: { readonly log: readonly Attempt[] }) {
  return (
    <section class="card" aria-live="polite">
      <h2>Attempts</h2>
      <p class="hint">The last ten, the newest first.</p>
      {log.length === 0 && <p>None yet.</p>}
      <ol class="attempts" reversed>
        {log.toReversed().map((attempt) => (
          <li key={attempt.attempted_on}>
            <OneAttempt attempt={attempt} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function OneAttempt({ attempt }: { readonly attempt: Attempt }) {
  const { attempted_on, duration_ms, status, error, answer, nonce } = attempt;
  const advice = error === null ? undefined : adviceOn(error);
  return (
    <article aria-label={`Attempt of ${moment(attempted_on)}`}>
      <p class="attempt-line">
        <Badge tone={error === null ? 'good' : 'bad'}>
          {status === null ? 'No answer' : `HTTP ${status}`}
        </Badge>
        <span>
          <TimeAgo time={attempted_on} />, took {duration(duration_ms / 1000)}
        </span>
        <span class="quiet">{moment(attempted_on)}</span>
      </p>
      {error !== null && (
        <p>
          <strong>{capitalised(error)}.</strong> {advice}
        </p>
      )}
      {nonce === null ? (
        <p class="hint">Nothing was sent.</p>
      ) : (
        <p class="hint">
          Nonce <code>{nonce}</code>
        </p>
      )}
      {status !== null && <Answer answer={answer} />}
    </article>
  );
}

function Answer({ answer }: { readonly answer: string | null }) {
  if (answer === null) return <p class="hint">The answer was not kept, because it may quote the message.</p>;
  if (answer === '') return <p class="hint">Its body was empty.</p>;
  return (
    <>
      <p class="hint">The beginning of the answer:</p>
      <pre>{answer}</pre>
    </>
  );
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
