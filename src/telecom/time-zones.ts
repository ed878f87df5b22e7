// The time zones in which a number may be, and the time of day there. Pure.
import { timeZoneTable } from './time-zone-table.ts';

const zonesByPrefix: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(timeZoneTable).flatMap(([zones, prefixes]) =>
    prefixes.split(' ').map((prefix) => [prefix, zones.split(' ')] as const),
  ),
);
const maxPrefixLength = Math.max(...[...zonesByPrefix.keys()].map(({ length }) => length));

/**
 * Returns the zones of the tz database in which a number of E.164 digits may be: those of its longest known prefix, several where the prefix
 * reaches over their border; UTC for a number without any. A mobile phone may be elsewhere, which nobody knows.
 */
export function timeZonesOf(number: string): readonly string[] {
  for (let length = Math.min(maxPrefixLength, number.length); length > 0; length--) {
    const zones = zonesByPrefix.get(number.slice(0, length));
    if (zones !== undefined) return zones;
  }
  return ['UTC'];
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const numeric = 'numeric';
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: numeric,
    month: numeric,
    day: numeric,
    hour: numeric,
    minute: numeric,
    second: numeric,
  });
  formats.set(zone, format);
  return format;
}

/** Returns by how many milliseconds the clocks of a zone are ahead of UTC at a moment. */
export function offsetMs(zone: string, at: Date): number {
  const parts = new Map<string, number>(
    formatOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: string) => parts.get(type) ?? 0;
  const local = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return local - Math.floor(at.getTime() / 1000) * 1000;
}
