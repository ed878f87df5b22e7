// Names and values as they go over the wire: parameters, headers.
import { Fragment } from 'preact';

export function CodeFacts({
  facts,
}: {
  readonly facts: readonly (readonly [name: string, value: string])[];
}) {
  return (
    <dl class="facts parameters">
      {facts.map(([name, value]) => (
        <Fragment key={name}>
          <dt class="code">{name}</dt>
          <dd class="code">{value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
