// Reads a send request from the wire's parameters, or says what is wrong with them.
import { ApiError } from '../../base/errors.ts';
import { isCallableUrl } from '../../http/callable-url.ts';
import type { Scope } from '../../http/endpoint.ts';
import { isUuid } from '../../http/schemas.ts';
import { readTime } from '../../http/time-wire.ts';
import { powerpackNotFound } from '../../powerpacks/require-powerpack.ts';
import { maxWrittenLength } from '../../telecom/e164.ts';
import { numberHint, parseNumber } from '../../telecom/written-number.ts';
import { readRetrySeconds } from '../../webhooks/retry-wire.ts';
import {
  defaultExpirySeconds,
  type From,
  maxDestinations,
  maxMedia,
  maxScheduledDays,
  type OrderedMedia,
  plainSender,
  type RequestedDestination,
  type SendRequest,
} from '../send-request.ts';
import type { SendMessageFields } from '../wire.ts';

const dayMs = 24 * 3600 * 1000;

/** The vendor's words (wire-data-plane section 3.4). */
const bothSenders =
  'Both powerpack_uuid and src cannot be specified. Specify either powerpack_uuid or src in request params to send a message.';
const noSender = 'Specify either powerpack_uuid or src in request params to send a message.';

interface ReadRequest {
  readonly request: SendRequest;
  /** Every destination as it was given, each once, those that are no numbers as well. */
  readonly given: readonly string[];
}

/**
 * Reads what a customer wants to send (wire-data-plane section 3).
 * @throws ApiError invalid, naming the parameter.
 */
export function readSendRequest(
  scope: Scope,
  fields: SendMessageFields,
  requesterIp: string,
  now: Date,
): ReadRequest {
  const from = readFrom(fields);
  const service = readService(fields);
  const media = readMedia(fields, service);
  if (service === 'mms' && media.length === 0) throw missing('media');
  if (service === 'sms' && (fields.text ?? '') === '') throw missing('text');
  const { destinations, given } = readDestinations(fields.dst, scope.defaultCountry);
  if (from.kind === 'number' && destinations.some(({ number }) => number === from.sender)) {
    throw new ApiError('invalid', 'src and dst must be different');
  }
  const sendAt = readSendAt(fields, now);
  const hasOwnExpiry = fields.message_expiry !== undefined;
  return {
    given,
    request: {
      scope,
      accountId: scope.mainId,
      subaccountId: scope.subaccountId,
      from,
      destinations,
      service,
      text: fields.text ?? '',
      media,
      callback: readCallback(fields),
      log: fields.log ?? 'true',
      expirySeconds: fields.message_expiry ?? defaultExpirySeconds,
      hasOwnExpiry,
      requesterIp,
      details: {
        dltEntityId: fields.dlt_entity_id,
        dltTemplateId: fields.dlt_template_id,
        dltTemplateCategory: fields.dlt_template_category,
        trackable: fields.trackable === true ? true : undefined,
        callbackRetrySeconds: readRetrySeconds('callback_retry_seconds', fields.callback_retry_seconds),
        sendAt: sendAt?.toISOString(),
        expirySeconds: sendAt === undefined ? undefined : fields.message_expiry,
      },
      priority: fields.priority,
      sendAt,
    },
  };
}

/** A time of day and its zone: without one, nobody knows which moment is meant. */
const withZone = /\d[ T]\d{2}:\d{2}.*(?:Z|[+ -]\d{2}:?\d{2})$/;

function readSendAt({ send_at: text }: SendMessageFields, now: Date): Date | undefined {
  if (text === undefined || text === '') return undefined;
  if (!withZone.test(text)) {
    throw new ApiError(
      'invalid',
      'send_at must be a time with its zone, such as 2027-03-01T09:00:00-05:00 or 2027-03-01T14:00:00Z',
    );
  }
  const sendAt = new Date(Math.ceil(readTime('send_at', text).startMs));
  if (sendAt <= now) throw new ApiError('invalid', 'send_at must be in the future');
  if (sendAt.getTime() - now.getTime() > maxScheduledDays * dayMs) {
    throw new ApiError('invalid', `send_at must be at most ${maxScheduledDays} days ahead`);
  }
  return sendAt;
}

function readCallback({ url, method = 'POST' }: SendMessageFields): SendRequest['callback'] {
  if (url === undefined) return undefined;
  if (!isCallableUrl(url)) throw new ApiError('invalid', 'url must be an http or https URL');
  return { url, method };
}

const missing = (name: string) => new ApiError('invalid', `${name} parameter not present`);

function readFrom({ src, powerpack_uuid, type }: SendMessageFields): From {
  if (src !== undefined && powerpack_uuid !== undefined) throw new ApiError('invalid', bothSenders);
  if (powerpack_uuid !== undefined) {
    if (!isUuid(powerpack_uuid)) throw powerpackNotFound();
    return { kind: 'powerpack', uuid: powerpack_uuid.toLowerCase() };
  }
  if (src === undefined) {
    throw new ApiError('invalid', type === 'whatsapp' ? 'src parameter not present' : noSender);
  }
  const sender = plainSender(src);
  if (sender === '') throw new ApiError('invalid', 'src must be a phone number or a short code');
  return { kind: 'number', sender };
}

function readService(fields: SendMessageFields): 'sms' | 'mms' {
  const { type } = fields;
  if (type === 'whatsapp')
    throw new ApiError('invalid', 'type must be sms or mms: this server has no WhatsApp');
  const given = (['template', 'interactive', 'location'] as const).find((name) => hasContents(fields[name]));
  if (given !== undefined) {
    throw new ApiError('invalid', `${given} must not be given: this server has no WhatsApp`);
  }
  return type ?? 'sms';
}

/** Returns whether a value is given, and is no empty list or object: PHP writes what was left empty as `[]`. */
const hasContents = (value: unknown) =>
  typeof value === 'object' && value !== null ? Object.keys(value).length > 0 : value !== undefined;

function readMedia(fields: SendMessageFields, service: 'sms' | 'mms'): OrderedMedia[] {
  const given = (['media_urls', 'media_ids'] as const).find((name) => (fields[name]?.length ?? 0) > 0);
  if (service === 'sms' && given !== undefined) {
    throw new ApiError('invalid', `${given} needs type to be mms`);
  }
  const media: OrderedMedia[] = [
    ...(fields.media_urls ?? []).map((url) => ({ url })),
    ...(fields.media_ids ?? []).map((mediaId) => ({ mediaId: mediaId.toLowerCase() })),
  ];
  if (media.length > maxMedia) {
    throw new ApiError('invalid', `media_urls and media_ids must be at most ${maxMedia} together`);
  }
  return media;
}

/**
 * Returns destinations written with `<` between them, each counted once. Python's SDK sends a list as Python writes one, `['1415',
 * '1416']` (wire-data-plane section 3.2).
 */
function readDestinations(
  dst: string | undefined,
  country: string | undefined,
): {
  readonly destinations: readonly RequestedDestination[];
  readonly given: readonly string[];
} {
  if (dst === undefined || dst === '') throw missing('dst');
  const pythonList = /^\[(.*)\]$/s.exec(dst)?.[1];
  const pieces = pythonList === undefined ? dst.split('<') : pythonList.replaceAll(/['"]/g, '').split(',');
  const destinations = new Map<string, RequestedDestination>();
  const given: string[] = [];
  for (const one of new Set(pieces.filter((piece) => piece.trim() !== ''))) {
    const number = parseNumber(one.replaceAll('/', ''), country);
    if (number !== undefined && destinations.has(number.number)) continue;
    given.push(one);
    if (given.length > maxDestinations) {
      throw new ApiError('invalid', `dst must hold at most ${maxDestinations} destinations`);
    }
    if (number !== undefined) destinations.set(number.number, { given: one, ...number });
  }
  const [first] = given;
  if (first === undefined) throw missing('dst');
  if (destinations.size === 0) {
    throw notANumber(first);
  }
  return { destinations: [...destinations.values()], given };
}

/**
 * Returns the error for a number that is none, in the vendor's words, which quote the digits (wire-data-plane section 3.4); where a
 * number is near, it is named.
 */
function notANumber(given: string): ApiError {
  const hint = numberHint(given);
  const plain = given.replace(/[/\-.+()\s]/g, '');
  // Quoting digits that are a number, as in ++1…, would say that the number is wrong.
  const quoted = parseNumber(plain) === undefined ? plain : given.trim();
  const shown =
    quoted.length > maxWrittenLength ? `${quoted.slice(0, maxWrittenLength).toWellFormed()}…` : quoted;
  return new ApiError('invalid', `'${shown}' is not a valid phone number${hint === '' ? '.' : hint}`);
}
