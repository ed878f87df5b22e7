// A rented number in words, and the ids in its fields. Pure.
import type { components } from '../../../client/src/schema.ts';
import { digitsIn } from '../parts/format.ts';

/** The fields of a rented number that the console shows. */
export type RentedNumber = Pick<
  components['schemas']['Number'],
  | 'number'
  | 'alias'
  | 'number_type'
  | 'country'
  | 'region'
  | 'carrier'
  | 'added_on'
  | 'sms_enabled'
  | 'mms_enabled'
  | 'voice_enabled'
  | 'powerpack_uuid'
  | 'application'
  | 'sub_account'
  | 'sub_account_name'
  | 'toll_free_sms_verification'
  | 'tendlc_campaign_id'
>;

export const typeWords: Readonly<Record<RentedNumber['number_type'], string>> = {
  local: 'Long code',
  fixed: 'Long code',
  national: 'Long code',
  mobile: 'Mobile',
  tollfree: 'Toll-free',
};

export type Verification = NonNullable<RentedNumber['toll_free_sms_verification']>;

/** The verifications of a toll-free number, in words. */
export const verificationWords: Readonly<Record<Verification, string>> = {
  unverified: 'Not verified: it does not send',
  pending: 'Pending: it does not send yet',
  verified: 'Verified',
  rejected: 'Rejected: it does not send',
};

/** Returns the services that a number offers: `SMS, MMS`. */
export function servicesOf(
  number: Pick<RentedNumber, 'sms_enabled' | 'mms_enabled' | 'voice_enabled'>,
): string {
  const services = [
    number.sms_enabled ? 'SMS' : '',
    number.mms_enabled ? 'MMS' : '',
    number.voice_enabled ? 'voice' : '',
  ];
  return services.filter((service) => service !== '').join(', ') || 'none';
}

/** Returns the id of the application that gets its messages, out of the address in the API; empty for none. */
export function applicationIdOf({ application }: Pick<RentedNumber, 'application'>): string {
  return application?.split('/').at(-2) ?? '';
}

/** Returns the numbers in a text, separated by line ends or commas. */
export function numbersIn(text: string): string[] {
  return text
    .split(/[\n,;]+/)
    .map(digitsIn)
    .filter((digits) => digits !== '');
}
