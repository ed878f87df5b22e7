// A member in words.
import type { components } from '../../../client/src/schema.ts';
import { duration, moment } from '../parts/format.ts';
import type { Kind, Service } from './pool-address.ts';

export type Member = components['schemas']['Queue'];

/** Returns the key of a member: a short code can be one for each country. */
export const keyOfMember = ({ number, country_iso2: country }: Member): string => `${number} ${country}`;

export const kindWords: Readonly<Record<Kind, string>> = {
  longcode: 'Long code',
  tollfree: 'Toll-free',
  shortcode: 'Short code',
  alphanumeric: 'Name',
};

export const serviceWords: Readonly<Record<Service, string>> = { sms: 'SMS', mms: 'SMS, MMS' };

/** Returns the place that a member's number belongs to. */
export function placeOf({ region, country_iso2: country }: Pick<Member, 'region' | 'country_iso2'>): string {
  return region === '' ? country : region;
}

interface StateWords {
  readonly word: string;
  readonly tone: 'bad' | 'info';
  readonly about: string;
}

/** Returns why a member does not send as others do; `undefined` for one that does. */
export function stateWords({
  state,
  drain_until: until,
}: Pick<Member, 'state' | 'drain_until'>): StateWords | undefined {
  if (state === 'draining') {
    const about = `It gets no new recipients, and sends nothing from ${until === null ? 'some time' : moment(until)} on.`;
    return { word: 'Draining', tone: 'info', about };
  }
  if (state === 'aside')
    return { word: 'Aside', tone: 'bad', about: 'It sends nothing until it is resumed.' };
  if (state === 'unverified')
    return {
      word: 'Not verified',
      tone: 'bad',
      about: 'Its carriers have not verified it: it sends nothing.',
    };
  return undefined;
}

/** Returns how long the first of its queued messages has waited. */
export function waitWords({
  oldest_age_seconds: age,
}: Pick<Member, 'oldest_age_seconds'>): string | undefined {
  return age === null ? undefined : `oldest ${duration(age)}`;
}

/** Returns the pace of a member: a line for each service that it carries. */
export function paceWords({
  sms_per_second: sms,
  mms_per_second: mms,
  service,
}: Pick<Member, 'sms_per_second' | 'mms_per_second' | 'service'>): readonly string[] {
  const words = (rate: number | null) => (rate === null ? 'no limit' : `${rate}/s`);
  return service === 'mms' ? [`SMS ${words(sms)}`, `MMS ${words(mms)}`] : [`SMS ${words(sms)}`];
}

export const hasOwnLimits = ({ own_limits: own }: Pick<Member, 'own_limits'>): boolean =>
  Object.values(own).some((limit) => limit !== null);
