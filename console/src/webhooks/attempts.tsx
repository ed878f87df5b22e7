// The result of each attempt at a callback.
import type { Schemas } from '../../../client/src/client.ts';
import { Badge } from '../parts/badge.tsx';
import { duration, moment, sentence } from '../parts/format.ts';
import { Pairs } from '../parts/pairs.tsx';
import { TimeAgo } from '../parts/time-ago.tsx';
import { adviceOn, answerInWords, type Kind } from './webhook-words.ts';

type Attempt = Schemas['Webhook']['log'][number];

interface Props {
  readonly log: readonly Attempt[];
  readonly kind: Kind;
}

export function Attempts({ log, kind }: Props) {
  return (
    <section class="card" aria-live="polite">
      <h2>Attempts</h2>
      {log.length === 0 ? <p>None yet.</p> : <p class="hint">The last ten, the newest first.</p>}
      <ol class="attempts" reversed start={log.length}>
        {log.toReversed().map((attempt) => (
          <li key={attempt.attempted_on}>
            <OneAttempt attempt={attempt} kind={kind} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function OneAttempt({ attempt, kind }: { readonly attempt: Attempt; readonly kind: Kind }) {
  const { attempted_on, duration_ms, status, error } = attempt;
  const advice = error === null ? undefined : adviceOn(error);
  return (
    <article aria-label={`Attempt of ${moment(attempted_on)}`}>
      <p class="attempt-line">
        <Badge tone={error === null ? 'good' : 'bad'}>
          {status === null ? 'No response' : `HTTP ${status}`}
        </Badge>
        <span>
          <TimeAgo time={attempted_on} />, took {duration(duration_ms / 1000)}
        </span>
        <span class="quiet">{moment(attempted_on)}</span>
      </p>
      {error !== null && (
        <p>
          <strong>{sentence(error)}</strong> {advice}
        </p>
      )}
      {status !== null && <Answer attempt={attempt} kind={kind} />}
      <SentHeaders attempt={attempt} />
    </article>
  );
}

function Answer({ attempt, kind }: { readonly attempt: Attempt; readonly kind: Kind }) {
  return (
    <>
      <p>{answerInWords(attempt, kind)}</p>
      {attempt.answer !== null && attempt.answer !== '' && <pre>{attempt.answer}</pre>}
    </>
  );
}

/** Shows the signature headers. They are computed again for display, so they can be missing although they were sent. */
function SentHeaders({ attempt: { nonce, signatures } }: { readonly attempt: Attempt }) {
  if (nonce === null) return <p class="hint">Nothing was sent.</p>;
  const headers = Object.entries(signatures ?? { 'X-Plivo-Signature-V3-Nonce': nonce });
  return (
    <details>
      <summary>Signature headers that were sent</summary>
      {signatures === null && (
        <p class="hint">
          Only the nonce is known: the signatures cannot be made again, because a token was rotated since or
          the parameters are not stored.
        </p>
      )}
      <Pairs
        label="Signature headers"
        pairs={headers.map(([name, value]) => ({ name, value: value ?? '' }))}
        isCode
      />
    </details>
  );
}
