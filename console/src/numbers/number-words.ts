// What a rented number is, in words, and what its fields point to. Pure.
import type { components } from '../../../client/src/schema.ts';
import { digitsIn } from '../parts/format.ts';

/** What of a rented number the console shows. */
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
>;

export const typeWords: Readonly<Record<RentedNumber['number_type'], string>> = {
  local: 'Long code',
  fixed: 'Long code',
  national: 'Long code',
  mobile: 'Mobile',
  tollfree: 'Toll-free',
};

/** The services that a number offers: `SMS, MMS`. */
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

/** The application that its messages are told to: its id, out of the address that the API gives; empty for none. */
export function applicationIdOf({ application }: Pick<RentedNumber, 'application'>): string {
  return application?.split('/').at(-2) ?? '';
}

/** The numbers of a text, whatever stands between them: a line each, or commas. */
export function numbersIn(text: string): string[] {
  return text
    .split(/[\n,;]+/)
    .map(digitsIn)
    .filter((digits) => digits !== '');
}
