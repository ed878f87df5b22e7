// Sample values for the description: what requests and answers look like.
import type { JsonSchema } from './published-schema.ts';

const account = '/v1/Account/MADEMO00000000000001';
const pool = '3f0c6a1e-5b7d-4c58-9c61-7a2e0d4b9f10';
const uuid = '9a4e2d70-1c3b-4f6a-8e52-b06d17c8f3a9';
const moment = '2026-03-14T09:26:53.589000Z';
const media = '801c2056-33ab-499c-80ef-58b574a462a2';
const mediaUrl = `https://sms.example.net/media/MADEMO00000000000001/${media}`;

const simulatorRule = {
  match: { destination: '1212*' },
  share: 0.5,
  times: null,
  throttle: null,
  submit: 'accept',
  outage_ms: 0,
  report: 'undelivered',
  error_code: 50,
  delay_ms: [100, 2000],
  duplicates: 0,
  overtake: false,
};

/**
 * Values by the name of a schema, of a property of a schema, or of a property anywhere; the first that there is counts.
 * What is not listed is made up from its schema.
 */
const samples: Readonly<Record<string, unknown>> = {
  account: `${account}/`,
  account_phone_number_resource: `${account}/Number/14155550123/`,
  account_type: 'standard',
  active: true,
  added_on: moment,
  address: '1 Example Way',
  api_id: '019cebb2-7a55-7c3e-8d0b-5f6e7a8b9c0d',
  app_id: '27418830265017943',
  app_name: 'checkout-inbound',
  application: `${account}/Application/27418830265017943/`,
  application_id: '27418830265017943',
  auth_id: 'MADEMO00000000000001',
  auth_token: 'your-new-auth-token',
  billing_mode: 'prepaid',
  carrier: 'Simulator',
  cash_credits: '0.00000',
  city: 'Springfield',
  cnam_lookup: 'disabled',
  content_type: 'image/jpeg',
  country: 'UNITED STATES',
  country_code: 1,
  country_iso: 'US',
  country_iso2: 'US',
  created: '2026-03-14',
  created_on: moment,
  daily_segments: '200',
  destination: '14155550199',
  dst: '14155550199',
  enabled: true,
  encoding: 'gsm7',
  error: 'powerpack not found',
  expires_on: '2026-03-29T09:26:53.589000Z',
  file_name: 'picture.jpg',
  last_message_on: moment,
  limit: 20,
  local_connect: true,
  media_id: media,
  media_url: mediaUrl,
  message_url: 'https://hooks.example.net/inbound',
  message_uuid: '019cebb2-7a55-7a10-9f3e-2d1c0b4a5968',
  mms_enabled: true,
  mms_rate: '0.00000',
  monthly_rental_rate: '0.00000',
  name: 'checkout-alerts',
  new_auth_token: 'your-new-auth-token',
  next_free_at: moment,
  number: '14155550123',
  number_pool: `${account}/NumberPool/${pool}/`,
  number_pool_uuid: pool,
  number_type: 'local',
  oldest_age_seconds: 1.5,
  prefix: '415',
  rate: '0.00000',
  region: 'California, UNITED STATES',
  resource_uri: `${account}/`,
  restorable_days: 10,
  segments: 1,
  setup_rate: '0.00000',
  short_code: '567890',
  shortcode: '567890',
  sip_uri: 'sip:27418830265017943@localhost',
  sms_enabled: true,
  sms_rate: '0.00000',
  sticky_sender: true,
  sub_type: 'local',
  tendlc_registration_status: 'UNREGISTERED',
  timezone: 'UTC',
  tollfree: '18005550188',
  total_count: 1,
  upload_time: moment,
  url: mediaUrl,
  uuid,
  voice_enabled: true,
  voice_rate: '0.00000',

  'Account.name': 'Example Ltd',
  'Application.answer_method': 'POST',
  'Application.fallback_method': 'POST',
  'Application.hangup_method': 'POST',
  'Application.log_incoming_message': true,
  'Application.log_incoming_messages': true,
  'Application.message_method': 'POST',
  'Application.resource_uri': `${account}/Application/27418830265017943/`,
  'CreatedSubaccount.auth_id': 'SADEMO00000000000007',
  'DeletePlan.members': { longcodes: 2, tollfree: 1, shortcodes: 0 },
  'Explain.because': 'it has the area code of the destination',
  'Explain.others': [
    {
      country_iso2: 'US',
      number: '12125550123',
      type: 'longcode',
      reason: 'local_area_code',
      because: 'the sender has the area code of the destination',
    },
  ],
  'Explain.put_aside': { local_area_code: 1 },
  'Explain.rule': 'local_area_code',
  'Explain.sender': { country_iso2: 'US', number: '14155550123', type: 'longcode' },
  'Explain.wait_seconds': 1.5,
  'Media.size': 85277,
  'MessageMedia.size': 85277,
  'Number.added_on': '2026-03-14',
  'Number.city': null,
  'Number.resource_uri': `${account}/Number/14155550123/`,
  'PhoneNumber.city': null,
  'PhoneNumber.resource_uri': `${account}/PhoneNumber/14155550123/`,
  'Pool.numbers': `${account}/NumberPool/${pool}/Number/`,
  'Pool.shortcodes': `${account}/NumberPool/${pool}/Shortcode/`,
  'Pool.tollfree': `${account}/NumberPool/${pool}/Tollfree/`,
  'Pool.uuid': pool,
  'PoolShortcode.number': '567890',
  'PoolTollfree.account_phone_number_resource': `${account}/Number/18005550188/`,
  'PoolTollfree.number': '18005550188',
  'PoolTollfree.type': 'tollfree',
  'Powerpack.number_priority': [
    {
      service_type: 'SMS',
      country_iso: 'US',
      priority: { priority1: 'shortcode', priority2: 'longcode', priority3: 'tollfree' },
    },
  ],
  PoolRegions: {
    regions: [
      {
        country_iso2: 'US',
        region_code: 'HI',
        region: 'Hawaii',
        area_codes: ['808'],
        members: 2,
        queued: 1,
        segments_today: 40,
      },
    ],
    elsewhere: { members: 1, queued: 0, segments_today: 12 },
  },
  'Queue.daily_segments': 200,
  'Queue.health': { finished: 60, delivered: 57, healthy: true },
  'Queue.mms_per_second': 1,
  'Queue.own_limits': { sms_per_second: null, mms_per_second: null, daily_segments: null },
  'Queue.queued': 2,
  'Queue.segments_today': 40,
  'Queue.sms_per_second': 1,
  QueueSummary: {
    members: 1,
    waiting_members: 1,
    queued: 2,
    oldest_age_seconds: 1.5,
    all_free_at: moment,
    segments_today: 40,
  },
  'Restoration.members_restored': ['14155550123'],
  'Subaccount.auth_id': 'SADEMO00000000000007',
  'Subaccount.name': 'marketing',
  'Subaccount.resource_uri': `${account}/Subaccount/SADEMO00000000000007/`,

  UploadedMedia: {
    objects: [
      {
        content_type: 'image/jpeg',
        file_name: 'picture.jpg',
        media_id: media,
        media_url: mediaUrl,
        size: 85277,
        status: 'success',
        status_code: 201,
        upload_time: moment,
        url: mediaUrl,
      },
    ],
  },
  AddNumbersInput: { numbers: '14155550123,14155550124', carrier: 'my-carrier', region: 'California' },
  AddNumberInput: { service: 'sms', rent: true },
  CreateApplicationInput: { app_name: 'checkout-inbound', message_url: 'https://hooks.example.net/inbound' },
  CreatePowerpackInput: { name: 'checkout-alerts', sticky_sender: true },
  CreateSubaccountInput: { name: 'marketing', enabled: true },
  HandsetMessage: { message: 'message(s) received', message_uuid: [uuid] },
  HandsetMessageInput: { dst: '14155550123', text: 'STOP' },
  ReplaceRulesInput: { rules: [simulatorRule] },
  SimulatorRule: simulatorRule,
  TurnClockInput: { action: 'advance', seconds: 240 },
  UpdateAccountInput: { name: 'Example Ltd', city: 'Springfield' },
  UpdateApplicationInput: { message_url: 'https://hooks.example.net/inbound' },
  UpdateNumberInput: { alias: 'checkout west', app_id: '27418830265017943' },
  UpdatePowerpackInput: {
    name: 'checkout-alerts-us',
    application_type: 'XML',
    application_id: '27418830265017943',
  },
  UpdateSubaccountInput: { name: 'marketing', enabled: false },
};

/** Finds the schema that a reference names. */
export type Resolve = (name: string) => JsonSchema;

/** A sample of a schema with everything that it may hold: for answers. */
export function sampleAnswer(schema: JsonSchema, resolve: Resolve): unknown {
  return sample(schema, { resolve, owner: '', isWhole: true });
}

/** A sample of a schema with what it must hold, unless a fuller one is listed: for requests. */
export function sampleRequest(schema: JsonSchema, resolve: Resolve): unknown {
  return sample(schema, { resolve, owner: '', isWhole: false });
}

interface Making {
  readonly resolve: Resolve;
  /** Name of the schema whose properties are being made. */
  readonly owner: string;
  /** Whether optional properties are made too. */
  readonly isWhole: boolean;
}

function sample(schema: JsonSchema, making: Making): unknown {
  if (schema.$ref !== undefined) {
    const owner = referredName(schema.$ref);
    return samples[owner] ?? sample(making.resolve(owner), { ...making, owner });
  }
  if (schema.allOf !== undefined)
    return Object.assign({}, ...schema.allOf.map((part) => sample(part, making)));
  if (schema.const !== undefined) return schema.const;
  if (schema.default !== undefined) return schema.default;
  if (schema.enum !== undefined) return schema.enum[0];
  switch (schema.type) {
    case 'object':
      return sampleObject(schema, making);
    case 'array':
      return isTelling(schema.items) ? [sample(schema.items, making)] : [];
    case 'string':
      return '';
    case 'integer':
    case 'number':
      return 0;
    case 'boolean':
      return false;
    default:
      return null;
  }
}

/** Whether a schema says anything about its values. */
function isTelling(schema: JsonSchema | undefined): schema is JsonSchema {
  return schema !== undefined && Object.keys(schema).length > 0;
}

function sampleObject({ properties = {}, required = [] }: JsonSchema, making: Making): object {
  const wanted = Object.entries(properties).filter(([name]) => making.isWhole || required.includes(name));
  return Object.fromEntries(wanted.map(([name, property]) => [name, sampleProperty(name, property, making)]));
}

function sampleProperty(name: string, property: JsonSchema, making: Making): unknown {
  for (const key of [`${making.owner}.${name}`, name]) {
    if (Object.hasOwn(samples, key) && mayStandFor(samples[key], property)) return samples[key];
  }
  return sample(property, making);
}

/** A name may mean other things elsewhere (`number` is a text here and an object there): the type decides. */
function mayStandFor(value: unknown, { type, enum: values }: JsonSchema): boolean {
  if (values !== undefined) return values.includes(value);
  return type === undefined || [type].flat().includes(typeOf(value));
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value === 'number' ? 'integer' : typeof value;
}

/** `Powerpack` for `#/components/schemas/Powerpack`. */
export function referredName(reference: string): string {
  return reference.slice(reference.lastIndexOf('/') + 1);
}
