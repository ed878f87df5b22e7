// Plivo's names for messages.
import { type Static, Type } from 'typebox';
import { maxUrlLength } from '../http/callable-url.ts';
import { pageParameters, uncountedListSchema } from '../http/page.ts';
import { HttpMethod, Uuid } from '../http/schemas.ts';
import { timeRules } from '../http/time-wire.ts';
import { messagePriorities } from '../powerpacks/message-priority.ts';
import { isShortCode, maxWrittenLength, parseE164 } from '../telecom/e164.ts';
import { retrySeconds } from '../webhooks/retry-wire.ts';
import { errorMessage, wireErrorCode } from './error-codes.ts';
import { keepsNumber, type Message, maskNumber, ownerOf } from './message.ts';
import { maxDestinations, maxMedia } from './send-request.ts';

export const MessagePath = Type.Object({ message_uuid: Uuid });

/** Longer than any accepted text, so that a long text gets its own error. */
const maxTextLength = 100_000;
/** Of each destination as people write it, with the `<` after it. */
const maxDestinationsLength = maxDestinations * (maxWrittenLength + 1);

const text = (maxLength: number, description: string, joins?: string) =>
  Type.Optional(
    Type.String({ maxLength, trim: true, description, ...(joins === undefined ? {} : { joins }) }),
  );

const httpUrl = { pattern: '^[hH][tT][tT][pP][sS]?://\\S+$', maxLength: maxUrlLength, trim: true };

const whatsAppOnly = Type.Optional(Type.Unknown({ description: 'WhatsApp only: refused.' }));

export const SendMessageInput = Type.Object({
  src: text(40, 'The number or short code that sends. Either this or `powerpack_uuid`.'),
  powerpack_uuid: text(64, 'The powerpack that sends. Either this or `src`.'),
  dst: text(maxDestinationsLength, 'One or more destinations with country code, with `<` between them.', '<'),
  text: Type.Optional(
    Type.String({
      maxLength: maxTextLength,
      description: 'The text: up to 1,600 septets of GSM-7 or 737 units of UCS-2.',
    }),
  ),
  type: Type.Optional(Type.Enum(['sms', 'mms', 'whatsapp'], { default: 'sms', description: 'sms or mms.' })),
  url: Type.Optional(
    Type.String({
      ...httpUrl,
      expected: `an http or https URL of at most ${maxUrlLength} characters`,
      description: 'Called at each change of status.',
    }),
  ),
  method: Type.Optional(HttpMethod),
  log: Type.Optional(
    Type.Enum(['true', 'false', 'content_only', 'number_only'], {
      default: 'true',
      description: 'What is kept of it: number and text, neither, or one of them.',
    }),
  ),
  trackable: Type.Optional(Type.Boolean({ description: 'Kept for the SDKs.' })),
  media_urls: Type.Optional(
    Type.Array(
      Type.String({ ...httpUrl, expected: `an http or https URL of at most ${maxUrlLength} characters` }),
      {
        maxItems: maxMedia,
        separator: ',',
        // A comma before anything else is a part of the URL.
        entryStart: '\\s*[A-Za-z][A-Za-z0-9+.-]*://',
        description: 'Files, by their URLs. Only with `type` mms.',
      },
    ),
  ),
  media_ids: Type.Optional(
    Type.Array(Type.String({ maxLength: 64, trim: true }), {
      maxItems: maxMedia,
      separator: ',',
      description: 'Files that were uploaded. Only with `type` mms.',
    }),
  ),
  message_expiry: Type.Optional(
    Type.Integer({
      minimum: 5,
      maximum: 10_800,
      description: 'Seconds after which it is no longer sent. Default 10800.',
    }),
  ),
  callback_retry_seconds: retrySeconds('seconds before each retry of a callback that failed'),
  priority: Type.Optional(
    Type.Enum([...messagePriorities], {
      description:
        'An extension: `transactional` goes before `bulk` from the same number. Default: the `message_priority` of the powerpack, else transactional.',
    }),
  ),
  send_at: text(
    40,
    'An extension: the moment from which it is sent, as ISO 8601 with its zone, such as 2027-03-01T09:00:00-05:00, at most 35 days ahead. `message_expiry` counts from then.',
  ),
  dlt_entity_id: text(100, 'India only: kept and shown.'),
  dlt_template_id: text(100, 'India only: kept and shown.'),
  dlt_template_category: text(100, 'India only: kept and shown.'),
  template: whatsAppOnly,
  interactive: whatsAppOnly,
  location: whatsAppOnly,
});
export const TestCarrierInput = Type.Object({
  src: Type.String({ maxLength: 40, description: 'The number or short code of the account that sends.' }),
  dst: Type.String({ maxLength: 40, description: 'One destination with country code.' }),
  text: Type.String({ maxLength: maxTextLength, description: 'The text.' }),
});

export type SendMessageFields = Static<typeof SendMessageInput>;

export const SentMessageBody = Type.Object({
  message: Type.Literal('message(s) queued'),
  message_uuid: Type.Array(Type.String(), {
    description: 'One for each destination that was accepted, in order.',
  }),
  invalid_number: Type.Optional(
    Type.Array(Type.String(), { description: 'Destinations that were not accepted, as they were given.' }),
  ),
});

const nullableString = Type.Union([Type.String(), Type.Null()]);

const messageFields = {
  carrier_fees: Type.String(),
  carrier_fees_rate: Type.String(),
  conversation_expiration_timestamp: Type.String(),
  conversation_id: Type.String(),
  conversation_origin: Type.String(),
  destination_country_iso2: Type.String(),
  destination_network: Type.String(),
  dlt_entity_id: Type.String(),
  dlt_template_category: Type.String(),
  dlt_template_id: Type.String(),
  error_code: nullableString,
  error_message: Type.String(),
  from_number: Type.String(),
  is_domestic: Type.Union([Type.Boolean(), Type.Null()]),
  log: Type.Enum(['true', 'false', 'content_only', 'number_only']),
  mcc: Type.String(),
  message_direction: Type.Enum(['outbound', 'inbound']),
  message_sent_time: Type.String(),
  message_state: Type.Enum(['queued', 'sent', 'delivered', 'undelivered', 'failed', 'received']),
  message_time: Type.String(),
  message_type: Type.Enum(['sms', 'mms']),
  message_updated_time: Type.String(),
  message_uuid: Type.String(),
  mnc: Type.String(),
  powerpack_id: nullableString,
  replaced_sender: Type.String(),
  requester_ip: Type.String(),
  resource_uri: Type.String(),
  tendlc_campaign_id: Type.String(),
  tendlc_registration_status: Type.String(),
  to_number: Type.String(),
  total_amount: Type.String(),
  total_rate: Type.String(),
  units: Type.Integer(),
};

/** Texts are shown only while they are stored, and only where the message's `log` stores them. */
export const keptText = Type.Union([Type.String(), Type.Null()], {
  description: 'The text; null where `log` does not keep it, and after seven days.',
});

/** Without the text (wire-data-plane section 4.1). */
export const MessageBody = Type.Object(messageFields);

/** Nothing is charged here. */
const noAmount = '0.00000';

/** Returns a message on the wire. */
export function messageToWire(message: Message): Static<typeof MessageBody> {
  const { details } = message;
  const shown = (number: string, isOthers: boolean) =>
    isOthers && !keepsNumber(message.log) ? maskNumber(number) : number;
  const isOutbound = message.direction === 'outbound';
  return {
    carrier_fees: noAmount,
    carrier_fees_rate: noAmount,
    conversation_expiration_timestamp: '',
    conversation_id: '',
    conversation_origin: '',
    destination_country_iso2: message.countryIso2,
    destination_network: '',
    dlt_entity_id: details.dltEntityId ?? '',
    dlt_template_category: details.dltTemplateCategory ?? '',
    dlt_template_id: details.dltTemplateId ?? '',
    error_code: wireErrorCode(message.errorCode ?? null),
    error_message: errorMessage(message.errorCode ?? null),
    from_number: shown(message.sender, !isOutbound),
    is_domestic: isDomestic(message),
    log: message.log,
    mcc: '',
    message_direction: message.direction,
    message_sent_time: wireTime(message.sentAt),
    message_state: message.status,
    message_time: wireTime(message.acceptedAt),
    message_type: message.service,
    message_updated_time: wireTime(message.updatedAt),
    message_uuid: message.id,
    mnc: '',
    powerpack_id: message.powerpackUuid ?? null,
    replaced_sender: '',
    requester_ip: message.requesterIp ?? '',
    resource_uri: `/v1/Account/${ownerOf(message)}/Message/${message.id}/`,
    tendlc_campaign_id: details.campaignId ?? '',
    tendlc_registration_status: details.campaignId === undefined ? 'unregistered' : 'registered',
    to_number: shown(message.destination, isOutbound),
    total_amount: noAmount,
    total_rate: noAmount,
    units: message.segments,
  };
}

/** Returns whether our number is of the other side's country. Short codes always are. */
function isDomestic({ direction, sender, destination, countryIso2 }: Message): boolean {
  const ours = direction === 'outbound' ? sender : destination;
  return isShortCode(ours) || parseE164(ours)?.countryIso2 === countryIso2;
}

/** Returns a time as `YYYY-MM-DD HH:MM:SS.ffffff+00:00`; empty until known. */
export function wireTime(moment: Date | undefined): string {
  return moment === undefined ? '' : `${moment.toISOString().replace('T', ' ').replace('Z', '000')}+00:00`;
}

const time = (about: string) =>
  Type.Optional(
    Type.String({
      ...timeRules,
      description: about,
    }),
  );

const phone = (about: string) =>
  Type.Optional(Type.String({ maxLength: 40, trim: true, description: about }));

export const ListMessagesInput = Type.Object({
  ...pageParameters,
  subaccount: Type.Optional(
    Type.String({
      pattern: '^SA[A-Z0-9]{18}$',
      expected: 'the auth id of a subaccount',
      description: 'Only messages of this subaccount.',
    }),
  ),
  message_direction: Type.Optional(Type.Enum(['inbound', 'outbound'])),
  message_state: Type.Optional(
    Type.Enum(['queued', 'sent', 'failed', 'delivered', 'undelivered', 'rejected', 'read', 'received']),
  ),
  message_type: Type.Optional(Type.Enum(['sms', 'mms', 'whatsapp'])),
  message_time: time(
    'Only messages of this moment; a moment without seconds is the whole minute, a date the whole day.',
  ),
  message_time__gt: time(
    'Only messages later than this; later than all of a day that is written without a time.',
  ),
  message_time__gte: time('Only messages at or later than this.'),
  message_time__lt: time('Only messages earlier than this.'),
  message_time__lte: time(
    'Only messages at or earlier than this; a date without a time includes all of that day.',
  ),
  error_code: Type.Optional(
    Type.Integer({ minimum: 0, maximum: 9999, description: 'Only messages with this error.' }),
  ),
  powerpack_id: phone('Only messages of this powerpack.'),
  tendlc_campaign_id: phone('Only messages that went for this campaign.'),
  tendlc_registration_status: phone(
    '`registered`: only messages that went for a campaign; `unregistered`: only others.',
  ),
  destination_country_iso2: phone('Only messages to this country.'),
  from_number: phone('Only messages from this number.'),
  to_number: phone('Only messages to this number.'),
  conversation_id: phone('WhatsApp only: there are none.'),
  conversation_origin: phone('WhatsApp only: there are none.'),
  number: phone(
    'An extension: only messages from or to this number, in any spelling, among the newest 100,000 of the time.',
  ),
  area_code: Type.Optional(
    Type.String({
      pattern: '^[2-9][0-9]{2}$',
      expected: 'three digits of an area code',
      description: 'An extension: only messages to this area code of the North American plan.',
    }),
  ),
  text: Type.Optional(
    Type.String({
      maxLength: 200,
      trim: true,
      description:
        'An extension: only messages whose stored text has this part, in any case, among the newest 100,000 of the time.',
    }),
  ),
});

/** The filters of the list, for what is said about all messages that they leave. */
const { limit: _limit, offset: _offset, ...filterFields } = ListMessagesInput.properties;
export const MessageFiltersInput = Type.Object(filterFields);

export const MessageCountBody = Type.Object({
  count: Type.Integer({ description: 'Messages, up to 100,000.' }),
  complete: Type.Boolean({ description: 'Whether these are all.' }),
});
export type ListMessagesFields = Static<typeof ListMessagesInput>;

/** Without a total, which the vendor dropped for messages (wire-data-plane section 5). */
export const MessageListBody = uncountedListSchema(MessageBody);
