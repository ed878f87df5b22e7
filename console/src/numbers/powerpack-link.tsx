// The powerpack that a number is in.
import type { PowerpackNames } from './powerpack-names.ts';

export function PowerpackLink({
  uuid,
  names,
}: {
  readonly uuid: string | null;
  readonly names: PowerpackNames;
}) {
  if (uuid === null) return <span class="quiet">none</span>;
  const name = names.get(uuid);
  if (name === undefined) return <span>of a subaccount</span>;
  return <a href={`/console/powerpacks/${uuid}`}>{name}</a>;
}
