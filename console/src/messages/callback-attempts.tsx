// Each attempt at a call: its headers, and the answer.
import type { Schemas } from '../../../client/src/client.ts';
import { duration, moment, sentence } from '../parts/format.ts';
import { adviceOn } from '../webhooks/webhook-words.ts';
import { CodeFacts } from './code-facts.tsx';

type Attempt = Schemas['Webhook']['log'][number];

export function CallbackAttempts({ attempts }: { readonly attempts: readonly Attempt[] }) {
  if (attempts.length === 0) return <p class="quiet">It has not been tried yet.</p>;
  return (
    <>
      {attempts.map((attempt) => (
        <section
          key={attempt.attempted_on}
          class="attempt"
          aria-label={`Attempt at ${moment(attempt.attempted_on)}`}
        >
          <h3>
            {attempt.status === null ? 'No response' : `HTTP ${attempt.status}`}
            <span class="quiet">
              {' '}
              at {moment(attempt.attempted_on)}, after {duration(attempt.duration_ms / 1000)}
            </span>
          </h3>
          {attempt.error !== null && (
            <p>
              {sentence(attempt.error)} {adviceOn(attempt.error)}
            </p>
          )}
          {attempt.answer !== null && attempt.answer !== '' && <pre>{attempt.answer}</pre>}
          {attempt.signatures !== null && (
            <details>
              <summary>Signature headers</summary>
              <CodeFacts facts={Object.entries(attempt.signatures)} />
            </details>
          )}
        </section>
      ))}
    </>
  );
}
