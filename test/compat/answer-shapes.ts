// The needs of the SDKs' parsers for each answer: its status, and the members that an SDK reads without checking.
import type { RawAnswer } from './raw-request.ts';
import { type Check, count, flag, listOf, matching, nullable, object, oneOf, text } from './shapes.ts';

const uuidPattern = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const accountPath = '/v1/Account/(MA|SA)[A-Z0-9]{18}';

const uuid = matching('a UUID', new RegExp(`^${uuidPattern}$`));
const digits = matching('E.164 digits', /^[1-9]\d{6,14}$/);
const rate = matching('a decimal rate as a string', /^\d+\.\d{5}$/);
const day = matching('a date', /^\d{4}-\d\d-\d\d$/);
const moment = matching('a moment with microseconds and Z', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
const country = matching('two capitals', /^[A-Z]{2}$/);
const resource = (path: string) => matching(`a path ${path}`, new RegExp(`^${accountPath}/${path}/$`));
/** Java fails on any other word, "toll-free" among them. */
const numberType = oneOf('local', 'tollfree', 'fixed', 'mobile', 'national', 'shortcode', 'any', null);
const senderKind = oneOf('shortcode', 'tollfree', 'longcode', null);

/** Checks `number_pool`: all SDKs take its sixth part, cut at slashes, as the uuid of the pool. */
const numberPool: Check = (value, path) =>
  typeof value === 'string' && new RegExp(`^${uuidPattern}$`).test(value.split('/')[5] ?? '')
    ? []
    : [`${path} must have the pool's uuid as its element 5, not ${JSON.stringify(value)}`];

/** PHP reads all of these without a check. */
const powerpack = {
  application_id: text,
  application_type: oneOf('XML', 'PHLO', ''),
  created_on: moment,
  local_connect: flag,
  name: text,
  number_pool: numberPool,
  number_priority: listOf(
    object({
      service_type: oneOf('SMS', 'MMS'),
      country_iso: oneOf('US', 'CA'),
      priority: object({ priority1: senderKind, priority2: senderKind, priority3: senderKind }),
    }),
  ),
  sticky_sender: flag,
  uuid,
};

const poolNumber = {
  account_phone_number_resource: resource('Number/\\d+'),
  added_on: moment,
  country_iso2: country,
  number: digits,
  number_pool_uuid: uuid,
  service: oneOf('sms', 'mms'),
  type: oneOf('fixed', 'tollfree', 'mobile'),
};

const poolTollfree = { ...poolNumber, tollfree: digits, type: oneOf('tollfree') };

const code = matching('a short code', /^\d{5,6}$/);

/** Node reads `shortCode`, Java `number`, the others `shortcode`. */
const poolShortcode = {
  added_on: moment,
  country_iso2: country,
  number: code,
  number_pool_uuid: uuid,
  service: oneOf('sms', 'mms'),
  short_code: code,
  shortcode: code,
};

/** `lata` as a string breaks Go and .NET, a rate as a number Go. */
const phoneNumber = {
  city: nullable(text),
  compliance_requirement: nullable(text),
  country: text,
  lata: nullable(count),
  mms_enabled: flag,
  mms_rate: rate,
  monthly_rental_rate: rate,
  number: digits,
  prefix: text,
  prerequisites: listOf(text),
  rate_center: nullable(text),
  region: text,
  resource_uri: resource('PhoneNumber/\\d+'),
  restriction: nullable(text),
  restriction_text: nullable(text),
  setup_rate: rate,
  sms_enabled: flag,
  sms_rate: rate,
  sub_type: text,
  type: numberType,
  voice_enabled: flag,
  voice_rate: rate,
};

/** PHP reads nearly all of these without a check; .NET needs the list in `verification_info`. */
const number = {
  active: flag,
  added_on: day,
  alias: nullable(text),
  application: nullable(resource('Application/[0-9a-f-]+')),
  carrier: text,
  city: nullable(text),
  cnam_lookup: text,
  compliance_application_id: nullable(text),
  compliance_status: nullable(text),
  country: text,
  mms_enabled: flag,
  mms_rate: rate,
  monthly_rental_rate: rate,
  number: digits,
  number_type: numberType,
  region: text,
  renewal_date: nullable(day),
  resource_uri: resource('Number/\\d+'),
  sms_enabled: flag,
  sms_rate: rate,
  sub_account: nullable(text),
  sub_account_name: nullable(text),
  tendlc_campaign_id: nullable(text),
  tendlc_registration_status: nullable(text),
  toll_free_sms_verification: nullable(text),
  toll_free_sms_verification_id: nullable(text),
  toll_free_sms_verification_order_status: nullable(text),
  verification_info: listOf(text),
  voice_enabled: flag,
  voice_rate: rate,
};

const method = oneOf('GET', 'POST');

/** PHP and Node read the singular of the log flag, the documents have the plural. */
const application = {
  answer_method: method,
  answer_url: text,
  app_id: matching('an id as a string', /^(\d{17,18}|[0-9a-f-]{36})$/),
  app_name: text,
  application_type: oneOf('XML', 'PHLO'),
  default_app: flag,
  default_endpoint_app: flag,
  enabled: flag,
  fallback_answer_url: text,
  fallback_method: method,
  hangup_method: method,
  hangup_url: text,
  log_incoming_message: flag,
  log_incoming_messages: flag,
  message_method: method,
  message_url: text,
  public_uri: flag,
  resource_uri: resource('Application/[0-9a-f-]+'),
  sip_uri: matching('a SIP address', /^sip:/),
  sub_account: nullable(text),
};

const sentTime = matching(
  'a moment with a space and an offset, or nothing',
  /^$|^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}\+00:00$/,
);
const errorCode = nullable(matching('a code as a string', /^\d{2,4}$|^000$/));

/** PHP reads 13 of these without a check; Go fails on a number or boolean where there is a string here (section 4.1). */
const message = {
  carrier_fees: rate,
  carrier_fees_rate: rate,
  conversation_expiration_timestamp: text,
  conversation_id: text,
  conversation_origin: text,
  destination_country_iso2: country,
  destination_network: text,
  dlt_entity_id: text,
  dlt_template_category: text,
  dlt_template_id: text,
  error_code: errorCode,
  error_message: text,
  from_number: text,
  is_domestic: nullable(flag),
  log: oneOf('true', 'false', 'content_only', 'number_only'),
  mcc: text,
  message_direction: oneOf('inbound', 'outbound'),
  message_sent_time: sentTime,
  message_state: oneOf('queued', 'sent', 'failed', 'delivered', 'undelivered', 'received'),
  message_time: sentTime,
  message_type: oneOf('sms', 'mms'),
  message_updated_time: sentTime,
  message_uuid: uuid,
  mnc: text,
  powerpack_id: nullable(uuid),
  replaced_sender: text,
  requester_ip: text,
  resource_uri: resource('Message/[0-9a-f-]{36}'),
  tendlc_campaign_id: text,
  tendlc_registration_status: oneOf('registered', 'unregistered'),
  to_number: text,
  total_amount: rate,
  total_rate: rate,
  units: count,
};

const fileUrl = matching('a URL', /^https?:\/\//);

/** Half of the SDKs read `url`, half `media_url`. */
const media = {
  content_type: text,
  file_name: text,
  media_id: uuid,
  media_url: fileUrl,
  size: count,
  upload_time: moment,
  url: fileUrl,
};

const messageMedia = { ...media, message_uuid: uuid };

type Members = Readonly<Record<string, Check>>;

const one = (members: Members): Check => object({ api_id: uuid, ...members });

const link = nullable(matching('a path below the account', /^\/v1\/Account\//));

/** Checks a page: the count of every SDK reads `meta.total_count`; Node and .NET crash without `objects`. */
const page = (members: Members): Check =>
  object({
    api_id: uuid,
    meta: object({ limit: count, next: link, offset: count, previous: link, total_count: count }),
    objects: listOf(object(members)),
  });

/** The list of messages has no total (section 5). */
const messagePage = object({
  api_id: uuid,
  meta: object({ limit: count, next: link, offset: count, previous: link }),
  objects: listOf(object(message)),
});

const changed = one({ message: oneOf('changed') });
const removed = one({ response: oneOf('success') });

export interface AnswerShape {
  readonly status: number;
  /** `undefined`: there must be no body. */
  readonly body: Check | undefined;
}

const noBody: AnswerShape = { status: 204, body: undefined };

/** Operation → the documented answer (wire-control-plane, sections 4 to 10; wire-data-plane, sections 3 to 6). */
export const answerShapes = {
  'powerpack.create': { status: 200, body: one(powerpack) },
  'powerpack.get': { status: 200, body: one(powerpack) },
  'powerpack.list': { status: 200, body: page(powerpack) },
  'powerpack.update': { status: 200, body: one(powerpack) },
  'powerpack.delete': noBody,

  'numberpool.number.list': { status: 200, body: page(poolNumber) },
  'numberpool.number.find': { status: 200, body: one(poolNumber) },
  'numberpool.number.add': { status: 200, body: one(poolNumber) },
  'numberpool.number.rent_and_add': { status: 200, body: one(poolNumber) },
  'numberpool.number.remove': { status: 200, body: removed },
  'numberpool.tollfree.list': { status: 200, body: page(poolTollfree) },
  'numberpool.tollfree.find': { status: 200, body: one(poolTollfree) },
  'numberpool.tollfree.add': { status: 200, body: one(poolTollfree) },
  'numberpool.tollfree.remove': { status: 200, body: removed },
  'numberpool.shortcode.list': { status: 200, body: page(poolShortcode) },
  'numberpool.shortcode.find': { status: 200, body: one(poolShortcode) },
  'numberpool.shortcode.remove': { status: 200, body: removed },

  'phonenumber.search': { status: 200, body: page(phoneNumber) },
  // PHP and .NET read the first of `numbers` without looking.
  'phonenumber.buy': {
    status: 201,
    body: one({
      message: oneOf('created'),
      numbers: listOf(object({ number: digits, status: oneOf('Success', 'pending') })),
      status: oneOf('fulfilled', 'pending'),
    }),
  },

  'number.list': { status: 200, body: page(number) },
  'number.get': { status: 200, body: one(number) },
  'number.update': { status: 202, body: changed },
  'number.unrent': noBody,
  'number.add_own': { status: 202, body: changed },

  'application.create': { status: 201, body: one({ app_id: application.app_id, message: oneOf('created') }) },
  'application.get': { status: 200, body: one(application) },
  'application.list': { status: 200, body: page(application) },
  'application.update': { status: 202, body: changed },
  'application.delete': noBody,

  'message.create': {
    status: 202,
    body: one({ message: oneOf('message(s) queued'), message_uuid: listOf(uuid) }),
  },
  'message.get': { status: 200, body: one(message) },
  'message.list': { status: 200, body: messagePage },
  'message.media.list': { status: 200, body: page(messageMedia) },
  'message.media.get': { status: 200, body: one(messageMedia) },
  'message.media.delete': noBody,

  'media.upload': {
    status: 202,
    body: one({ objects: listOf(object({ ...media, status: oneOf('success'), status_code: oneOf(201) })) }),
  },
  'media.get': { status: 200, body: one(media) },
  'media.list': { status: 200, body: page(media) },
} as const satisfies Readonly<Record<string, AnswerShape>>;

export type Operation = keyof typeof answerShapes;

/** Returns the differences between an answer and the documented one of its operation; empty when there are none. */
export function answerFaults(operation: Operation, answer: RawAnswer): string[] {
  const shape: AnswerShape = answerShapes[operation];
  const { status, headers, text: body } = answer;
  if (status !== shape.status) return [`status must be ${shape.status}, not ${status}: ${body}`];
  const faults: string[] = [];
  if (!/^application\/json(;|$)/.test(headers['content-type'] ?? '')) {
    faults.push(`content type must be JSON's, not ${headers['content-type']}`);
  }
  if (headers['content-encoding'] !== undefined) faults.push('must not be compressed');
  if (shape.body === undefined) return [...faults, ...bodyFaults(answer)];
  // An empty search is the exception: there PHP goes by the status, and reads the key.
  const isEmptySearch = operation === 'phonenumber.search' && answer.body?.objects?.length === 0;
  if (isEmptySearch) {
    const { error, ...list } = answer.body;
    return [...faults, ...(error === '' ? [] : ['error must be empty']), ...shape.body(list, 'body')];
  }
  if (Object.hasOwn(answer.body ?? {}, 'error'))
    faults.push('a success must not have `error`: PHP takes it for a failure');
  return [...faults, ...shape.body(answer.body, 'body')];
}

/** Returns the faults of a body: Ruby needs a JSON type on a 204, and okhttp (Java) fails on one that announces a body. */
function bodyFaults({ headers, text: body }: RawAnswer): string[] {
  const announced = headers['transfer-encoding'] ?? headers['content-length'] ?? '0';
  return body === '' && announced === '0' ? [] : ['a 204 must have no body and announce none'];
}
