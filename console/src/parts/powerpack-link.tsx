// A powerpack by its name, wherever a number or a message names it.
import { type PowerpackNames, powerpackInWords } from './powerpack-names.ts';

export function PowerpackLink({
  uuid,
  names,
}: {
  readonly uuid: string | null;
  readonly names: PowerpackNames;
}) {
  if (uuid === null) return <span class="quiet">none</span>;
  const words = powerpackInWords(uuid, names);
  if (names.get(uuid) == null) return <span class="quiet">{words}</span>;
  return <a href={`/console/powerpacks/${uuid}`}>{words}</a>;
}
