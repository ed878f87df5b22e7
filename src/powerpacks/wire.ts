// Plivo's names for powerpacks.
import { type Static, Type } from 'typebox';
import { ApiError } from '../base/errors.ts';
import { pageParameters } from '../http/page.ts';
import { isoMicroseconds, tollfreeSpellings, Uuid } from '../http/schemas.ts';
import { messagePriorities } from './message-priority.ts';
import {
  type NumberPriority,
  optOutScopes,
  type Powerpack,
  type PowerpackChange,
  type PriorityKind,
  priorityKinds,
} from './powerpack.ts';
import { parseQuietHours, writeQuietHours } from './quiet-hours.ts';
import type { PowerpackFilter } from './store.ts';

export const PowerpackPath = Type.Object({ powerpack_uuid: Uuid });

const Kind = Type.Optional(Type.Enum([...priorityKinds], { spellings: tollfreeSpellings }));

const PriorityInput = Type.Object({
  service_type: Type.Enum(['SMS', 'MMS']),
  country_iso: Type.Enum(['US', 'CA'], { aliases: ['country_iso2'] }),
  priority: Type.Object({ priority1: Kind, priority2: Kind, priority3: Kind }),
});

const powerpackName = (about: string) =>
  Type.String({ minLength: 1, maxLength: 255, trim: true, description: about });
const name = powerpackName('Unique across all powerpacks of the account.');

const settings = {
  sticky_sender: Type.Optional(
    Type.Boolean({ description: 'Keep each recipient on one number. Enabled by default.' }),
  ),
  local_connect: Type.Optional(
    Type.Boolean({ description: "Prefer a number of the recipient's area. Enabled by default." }),
  ),
  application_type: Type.Optional(
    Type.Enum(['XML', 'PHLO'], { description: 'Required when application_id is given and is not `none`.' }),
  ),
  application_id: Type.Optional(
    Type.String({ maxLength: 64, description: 'A valid PHLO or XML application id, or `none`.' }),
  ),
  number_priority: Type.Optional(
    Type.Array(PriorityInput, {
      maxItems: 20,
      description: 'Entries replace those of the same service and country; the others stay.',
    }),
  ),
  alphanumeric_first: Type.Optional(
    Type.Boolean({
      description:
        'Extension: names of the pool (`AlphanumericSender/`) send before its numbers where the country of the recipient takes names; false: only where no number with capacity left can. Default true.',
    }),
  ),
  smart_encoding: Type.Optional(
    Type.Boolean({
      description:
        'Extension: replace typographic quotes, dashes and spaces by plain ones where that makes a text GSM 7-bit. Default false.',
    }),
  ),
  opt_out_scope: Type.Optional(
    Type.Enum([...optOutScopes], {
      description:
        'Extension: what STOP blocks: `powerpack` (the default), every member of the powerpack, also those that come later; `number`, only the number that it was written to, so that the other members go on writing to a person who has said STOP; `account`, every number of the account. A wider scope holds for opt-outs that are there already; a narrower one for later ones alone.',
    }),
  ),
  warm_up: Type.Optional(
    Type.String({
      pattern: '^ *(none|[1-9]\\d{0,5}( *, *[1-9]\\d{0,5}){0,59}) *$',
      expected: 'up to 60 whole numbers with commas between them, or none',
      joins: ',',
      description:
        'Extension: warm-up of new members: segments that each may send on the UTC day on which it is added, on the next day, and so on; `50,100,200` for three days. `none`, the default, for no warm-up.',
    }),
  ),
  message_priority: Type.Optional(
    Type.Enum([...messagePriorities], {
      description:
        'Extension: what messages are that do not say it: `transactional` (the default) or `bulk`, which goes behind transactional messages of the same number.',
    }),
  ),
  quiet_hours: Type.Optional(
    Type.String({
      maxLength: 11,
      trim: true,
      description:
        "Extension: hours of the recipient's day in which nothing is sent, such as `21:00-08:00`, at most 16; `none` (the default) for none. Messages wait until they end.",
    }),
  ),
  deletion_protection: Type.Optional(
    Type.Boolean({ description: 'Extension: while true, the powerpack cannot be deleted.' }),
  ),
};

export const CreatePowerpackInput = Type.Object({ name, ...settings });
export const UpdatePowerpackInput = Type.Object({ name: Type.Optional(name), ...settings });

export const ListPowerpacksInput = Type.Object({
  ...pageParameters,
  name__contains: Type.Optional(
    Type.String({
      maxLength: 255,
      description: 'Extension: only powerpacks whose name contains this, whatever the case.',
    }),
  ),
  application_id: Type.Optional(
    Type.String({
      maxLength: 64,
      description: 'Extension: only powerpacks whose replies go to this application.',
    }),
  ),
});

export const powerpackFilterFromWire = (input: Static<typeof ListPowerpacksInput>): PowerpackFilter => ({
  nameContains: input.name__contains,
  applicationId: input.application_id,
});

export const DeletePowerpackInput = Type.Object({
  unrent_numbers: Type.Optional(
    Type.Boolean({ description: "Also unrent the numbers in the powerpack's pool. Default false." }),
  ),
});

export const RestorePowerpackInput = Type.Object({
  name: Type.Optional(
    Type.String({ ...name, description: 'Another name, when the old one was taken meanwhile.' }),
  ),
});

const nullableKind = Type.Union([Type.Enum([...priorityKinds]), Type.Null()]);

/** The fields of every answer that is a powerpack. */
export const powerpackFields = {
  alphanumeric_first: Type.Boolean(),
  application_id: Type.String(),
  application_type: Type.Enum(['XML', 'PHLO', '']),
  created_on: Type.String(),
  deletion_protection: Type.Boolean(),
  local_connect: Type.Boolean(),
  message_priority: Type.Enum([...messagePriorities]),
  name: Type.String(),
  number_pool: Type.String(),
  number_priority: Type.Array(
    Type.Object({
      service_type: Type.Enum(['SMS', 'MMS']),
      country_iso: Type.Enum(['US', 'CA']),
      priority: Type.Object({ priority1: nullableKind, priority2: nullableKind, priority3: nullableKind }),
    }),
  ),
  opt_out_scope: Type.Enum([...optOutScopes]),
  quiet_hours: Type.String({ description: '`none` for none.' }),
  smart_encoding: Type.Boolean(),
  sticky_sender: Type.Boolean(),
  uuid: Type.String(),
  warm_up: Type.Array(Type.Integer(), {
    description:
      'Extension: segments a day of new members, by the days since they were added; empty for no warm-up.',
  }),
};

export const PowerpackBody = Type.Object(powerpackFields);

/** Returns the settings that a create or an update gives, in our names. */
export function changeFromWire(input: Static<typeof UpdatePowerpackInput>): PowerpackChange {
  const change = {
    name: input.name,
    stickySender: input.sticky_sender,
    localConnect: input.local_connect,
    application: applicationFromWire(input.application_id, input.application_type),
    numberPriority: input.number_priority?.map(priorityFromWire),
    alphanumericFirst: input.alphanumeric_first,
    smartEncoding: input.smart_encoding,
    optOutScope: input.opt_out_scope,
    warmUp: warmUpFromWire(input.warm_up),
    messagePriority: input.message_priority,
    quietHours: quietHoursFromWire(input.quiet_hours),
    deletionProtection: input.deletion_protection,
  };
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}

/** @throws ApiError invalid for a warm-up that falls. */
function warmUpFromWire(text: string | undefined): readonly number[] | undefined {
  if (text === undefined) return undefined;
  const numbers = text.trim() === 'none' ? [] : text.split(',').map(Number);
  if (numbers.some((number, index) => number < (numbers[index - 1] ?? 0)))
    throw new ApiError('invalid', 'warm_up must not fall from one day to the next');
  return numbers;
}

function quietHoursFromWire(text: string | undefined): PowerpackChange['quietHours'] {
  if (text === undefined || text === '') return undefined;
  if (text.toLowerCase() === 'none') return null;
  const hours = parseQuietHours(text);
  if (hours !== undefined) return hours;
  throw new ApiError(
    'invalid',
    'quiet_hours must be two times of day such as 21:00-08:00, at most 16 hours, or none',
  );
}

/**
 * Returns the application that was given. `none` detaches; an id needs its type; a type alone changes nothing (wire-control-plane 6.1).
 */
function applicationFromWire(
  appId: string | undefined,
  type: 'XML' | 'PHLO' | undefined,
): PowerpackChange['application'] {
  if (appId === undefined) return undefined;
  if (appId.toLowerCase() === 'none') return null;
  if (type === undefined) throw new ApiError('invalid', 'application_type is required with application_id');
  return { appId, applicationType: type };
}

function priorityFromWire(entry: Static<typeof PriorityInput>, index: number): NumberPriority {
  const { priority1, priority2, priority3 } = entry.priority;
  const order = [priority1, priority2, priority3].filter((kind): kind is PriorityKind => kind !== undefined);
  const where = `number_priority[${index}].priority`;
  if (order.length === 0)
    throw new ApiError('invalid', `${where} must name at least one of ${priorityKinds.join(', ')}`);
  if (new Set(order).size < order.length)
    throw new ApiError('invalid', `${where} must not name a kind twice`);
  return { serviceType: entry.service_type, countryIso2: entry.country_iso, order };
}

export const poolUri = (accountId: string, poolUuid: string) =>
  `/v1/Account/${accountId}/NumberPool/${poolUuid}/`;

/**
 * Returns a powerpack for the wire. `number_pool` must be this path: every SDK takes its sixth segment for the pool's uuid
 * (wire-control-plane 4.3).
 */
export function powerpackToWire(powerpack: Powerpack) {
  return {
    application_id: powerpack.application?.appId ?? '',
    application_type: powerpack.application?.applicationType ?? '',
    created_on: isoMicroseconds(powerpack.createdAt),
    deletion_protection: powerpack.deletionProtection,
    local_connect: powerpack.localConnect,
    message_priority: powerpack.messagePriority,
    name: powerpack.name,
    number_pool: poolUri(powerpack.accountId, powerpack.poolUuid),
    number_priority: powerpack.numberPriority.map(({ serviceType, countryIso2, order }) => ({
      service_type: serviceType,
      country_iso: countryIso2,
      priority: { priority1: order[0] ?? null, priority2: order[1] ?? null, priority3: order[2] ?? null },
    })),
    opt_out_scope: powerpack.optOutScope,
    alphanumeric_first: powerpack.alphanumericFirst,
    quiet_hours: powerpack.quietHours === null ? 'none' : writeQuietHours(powerpack.quietHours),
    smart_encoding: powerpack.smartEncoding,
    sticky_sender: powerpack.stickySender,
    uuid: powerpack.uuid,
    warm_up: [...powerpack.warmUp],
  };
}
