// The fields of a member's own limits: their values, and the request that they become.
import type { components } from '../../../client/src/schema.ts';

export type OwnLimits = components['schemas']['Queue']['own_limits'];
export type LimitName = keyof OwnLimits;

interface LimitField {
  readonly name: LimitName;
  readonly label: string;
  readonly about: string;
}

export const limitFields: readonly LimitField[] = [
  {
    name: 'sms_per_second',
    label: 'SMS segments a second',
    about: 'The highest rate of this number. 0 is no limit.',
  },
  {
    name: 'mms_per_second',
    label: 'MMS segments a second',
    about: 'The same for messages with media. 0 is no limit.',
  },
  {
    name: 'daily_segments',
    label: 'Segments a day',
    about:
      'After so many in a day (UTC) other members are preferred; nothing is refused. 0 is no such number.',
  },
];

/** The texts in the fields: figures, or nothing for the limit of the kind. */
export type LimitFields = Readonly<Record<LimitName, string>>;

export const fieldsOf = (own: OwnLimits): LimitFields => ({
  sms_per_second: textOf(own.sms_per_second),
  mms_per_second: textOf(own.mms_per_second),
  daily_segments: textOf(own.daily_segments),
});

const textOf = (limit: number | null): string => (limit === null ? '' : String(limit));

/** Returns the limits that differ from those that the member has; an empty field asks for the default. */
export function changedLimits(fields: LimitFields, own: OwnLimits): Partial<Record<LimitName, string>> {
  const before = fieldsOf(own);
  const names = Object.keys(before) as LimitName[];
  return Object.fromEntries(
    names
      .filter((name) => fields[name].trim() !== before[name])
      .map((name) => [name, fields[name].trim() === '' ? 'default' : fields[name].trim()]),
  );
}

/** Returns the limits whose fields say something. */
export function namedLimits(fields: LimitFields): Partial<Record<LimitName, string>> {
  const named = Object.entries(fields)
    .map(([name, text]) => [name, text.trim()] as const)
    .filter(([, text]) => text !== '');
  return Object.fromEntries(named);
}
