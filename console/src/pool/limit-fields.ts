// The fields of a member's own limits: their values, and the request that they become.
import type { components } from '../../../client/src/schema.ts';

export type OwnLimits = components['schemas']['Queue']['own_limits'];
export type LimitName = keyof OwnLimits;

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
