// The request of a callback: the same at every attempt but for the signatures.
import type { Schemas } from '../../../client/src/client.ts';
import { Pairs } from '../parts/pairs.tsx';

export function SentRequest({ call }: { readonly call: Schemas['Webhook'] }) {
  return (
    <section class="card">
      <h2>Request</h2>
      <pre class="webhook-line">
        {call.method} {call.url}
      </pre>
      <h3>Parameters</h3>
      <p class="hint">{call.method === 'GET' ? 'Behind the query of the URL.' : 'In the body, as a form.'}</p>
      {call.parameters === null ? (
        <p>Not stored.</p>
      ) : (
        <Pairs label="Parameters of the request" pairs={call.parameters} />
      )}
      <p class="hint">
        Its headers are shown with each attempt: every attempt has a nonce, and signatures, of its own.
      </p>
    </section>
  );
}
