// What a call sends: the same at every attempt but for the signatures.
import type { Schemas } from '../../../client/src/client.ts';

export function SentRequest({ call }: { readonly call: Schemas['Webhook'] }) {
  const nonce = call.log.at(-1)?.nonce;
  return (
    <section class="card">
      <h2>Request</h2>
      <pre class="webhook-line">
        {call.method} {call.url}
      </pre>
      <h3>Parameters</h3>
      <p class="hint">{call.method === 'GET' ? 'Behind the query of the URL.' : 'In the body, as a form.'}</p>
      {call.parameters === null ? <p>Not kept.</p> : <Parameters parameters={call.parameters} />}
      <details>
        <summary>Headers</summary>
        <p class="hint">
          Every attempt has a nonce of its own. The signatures are computed with the auth token of the account
          when it is sent, and are not kept; “Ma” are those with the token of the main account.
        </p>
        <table>
          <caption class="visually-hidden">Headers of the request</caption>
          <tbody>
            {headersOf(call, nonce ?? null).map(([name, value]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  );
}

function Parameters({ parameters }: { readonly parameters: readonly { name: string; value: string }[] }) {
  return (
    <table class="webhook-parameters">
      <caption class="visually-hidden">Parameters of the request</caption>
      <tbody>
        {parameters.map(({ name, value }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{value === '' ? <span class="quiet">empty</span> : value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const headersOf = (
  { method }: Schemas['Webhook'],
  nonce: string | null,
): readonly (readonly [string, string])[] => [
  ...(method === 'POST' ? ([['Content-Type', 'application/x-www-form-urlencoded']] as const) : []),
  ['X-Plivo-Signature-V2', 'HMAC-SHA256 of the URL without its query, and the nonce'],
  ['X-Plivo-Signature-Ma-V2', 'the same, with the main account’s token'],
  ['X-Plivo-Signature-V2-Nonce', nonce ?? 'not sent yet'],
  ['X-Plivo-Signature-V3', 'HMAC-SHA256 of the URL, the parameters and the nonce'],
  ['X-Plivo-Signature-Ma-V3', 'the same, with the main account’s token'],
  ['X-Plivo-Signature-V3-Nonce', nonce ?? 'not sent yet'],
];
