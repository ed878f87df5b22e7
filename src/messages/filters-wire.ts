// Reads the filters of a list of messages from its parameters.
import { daysBefore } from '../base/days.ts';
import { firstIdOf } from '../base/id.ts';
import { isUuid } from '../http/schemas.ts';
import { readTime } from '../http/time-wire.ts';
import { parseAnyNumber } from '../telecom/written-number.ts';
import type { MessageFilters } from './store.ts';
import type { ListMessagesFields } from './wire.ts';

/**
 * Returns the filters of a list (wire-data-plane section 5): without a time, the last 24 hours, or `usualDays`. `undefined` when no message
 * can match: statuses, services and conversations that this server does not have.
 */
export function readFilters(
  fields: ListMessagesFields,
  now: Date,
  usualDays = 1,
): MessageFilters | undefined {
  const { message_state: status, message_type: service, powerpack_id: powerpackUuid } = fields;
  if (status === 'rejected' || status === 'read' || service === 'whatsapp') return undefined;
  if (fields.conversation_id !== undefined || fields.conversation_origin !== undefined) return undefined;
  const { tendlc_registration_status: registration } = fields;
  if (registration !== undefined && registration !== 'registered' && registration !== 'unregistered')
    return undefined;
  if (powerpackUuid !== undefined && !isUuid(powerpackUuid)) return undefined;
  return {
    ...readTimes(fields, now, usualDays),
    subaccountId: fields.subaccount,
    direction: fields.message_direction,
    status,
    service,
    errorCode: fields.error_code,
    powerpackUuid,
    countryIso2: fields.destination_country_iso2?.toUpperCase(),
    sender: digitsOf(fields.from_number),
    destination: digitsOf(fields.to_number),
    number: digitsOf(fields.number),
    areaCode: fields.area_code,
    campaignId: fields.tendlc_campaign_id,
    isRegistered: registration === undefined ? undefined : registration === 'registered',
    text: fields.text === '' ? undefined : fields.text,
  };
}

/** Returns the digits of a number in any spelling; ten digits of the North American plan are read with their country code. */
const digitsOf = (number: string | undefined) =>
  number === undefined ? undefined : (parseAnyNumber(number) ?? number.replaceAll(/[\s+().-]/g, ''));

/** Returns the first millisecond after a written time: after the whole day when it is written without a time of day. */
function endOf(name: string, text: string): number {
  const { startMs, lengthMs, isDay } = readTime(name, text);
  return isDay ? startMs + lengthMs : Math.floor(startMs) + 1;
}

/**
 * Reads the times from and before which, as message ids. Times finer than a millisecond are rounded to the ids that they
 * divide.
 */
function readTimes(
  fields: ListMessagesFields,
  now: Date,
  usualDays: number,
): Pick<MessageFilters, 'from' | 'before'> {
  const lower: number[] = [];
  const upper: number[] = [];
  const { message_time: at, message_time__gt: gt, message_time__gte: gte } = fields;
  const { message_time__lt: lt, message_time__lte: lte } = fields;
  if (at !== undefined) {
    const { startMs, lengthMs } = readTime('message_time', at);
    lower.push(Math.ceil(startMs));
    upper.push(Math.ceil(startMs + lengthMs));
  }
  if (gt !== undefined) lower.push(endOf('message_time__gt', gt));
  if (gte !== undefined) lower.push(Math.ceil(readTime('message_time__gte', gte).startMs));
  if (lt !== undefined) upper.push(Math.ceil(readTime('message_time__lt', lt).startMs));
  if (lte !== undefined) upper.push(endOf('message_time__lte', lte));
  if (lower.length === 0 && upper.length === 0) lower.push(daysBefore(now, usualDays).getTime());
  return {
    from: lower.length === 0 ? undefined : firstIdOf(Math.max(...lower)),
    before: upper.length === 0 ? undefined : firstIdOf(Math.min(...upper)),
  };
}
