// The names that the API gives to opt-outs: extensions, in the vendor's style.
import { type Static, Type } from 'typebox';
import { ApiError } from '../../base/errors.ts';
import type { Scope } from '../../http/endpoint.ts';
import { pageParameters, uncountedListSchema } from '../../http/page.ts';
import { isoMicroseconds, NumberSegment, Uuid } from '../../http/schemas.ts';
import { readTime, timeRules } from '../../http/time-wire.ts';
import { readNewNumber } from '../../numbers/rent-numbers.ts';
import type { PhoneNumber } from '../../telecom/e164.ts';
import { numberHint, parseNumber } from '../../telecom/written-number.ts';
import { optOutScopes } from '../powerpack.ts';
import { senderOfQueue } from '../queue-name.ts';
import type { OptOutPlace, Removal, WantedOptOut } from './change-by-hand.ts';
import type { PastChange } from './history-store.ts';
import type { ImportReport } from './import-opt-outs.ts';
import { type Blockable, blocks, blocksAllOf } from './opt-out.ts';
import { type Cause, optOutChangeKinds, optOutSources } from './opt-out-change.ts';
import type { ExportPlace, ListedOptOut, OptOutFilters } from './opt-out-list-store.ts';
import { placeFromWire, readSender } from './place-wire.ts';

const nullable = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);

export const OptOutPath = Type.Object({ destination: NumberSegment });

const powerpackUuid = (about: string) =>
  Type.Optional(Type.String({ ...Uuid, expected: 'a UUID', description: about }));
const sender = (about: string) => Type.Optional(Type.String({ maxLength: 40, description: about }));
const time = (about: string) => Type.Optional(Type.String({ ...timeRules, description: about }));

export const ListOptOutsInput = Type.Object({
  ...pageParameters,
  destination__startswith: Type.Optional(
    Type.String({
      pattern: '^\\+?[0-9]{1,15}$',
      expected: 'the first digits of a phone number, with its country code',
      description: 'Only people whose number begins with these digits.',
    }),
  ),
  number: sender('Only opt-outs from this number or short code.'),
  opted_out_on__gte: time('Only opt-outs from this time on.'),
  opted_out_on__lte: time('Only opt-outs until this time; a day counts as a whole.'),
  powerpack_uuid: powerpackUuid('Only opt-outs that answer this powerpack.'),
  scope: Type.Optional(Type.Enum([...optOutScopes], { description: 'Only opt-outs of this scope.' })),
  source: Type.Optional(
    Type.Enum([...optOutSources], { description: 'Only those by STOP, by the API, or by an import.' }),
  ),
});

export function optOutFiltersFromWire(input: Static<typeof ListOptOutsInput>): OptOutFilters {
  const { opted_out_on__gte: from, opted_out_on__lte: until } = input;
  return {
    startsWith: input.destination__startswith?.replace('+', ''),
    scope: input.scope,
    powerpackUuid: input.powerpack_uuid,
    sender: input.number === undefined ? undefined : readSender(input.number),
    source: input.source,
    from: from === undefined ? undefined : new Date(readTime('opted_out_on__gte', from).startMs),
    until: until === undefined ? undefined : endOf('opted_out_on__lte', until),
  };
}

/** Returns the last millisecond of a written time. */
function endOf(name: string, text: string): Date {
  const { startMs, lengthMs } = readTime(name, text);
  return new Date(Math.ceil(startMs + lengthMs) - 1);
}

const maxDestinations = 1000;
const maxTextLength = 255;

const destinations = Type.Array(Type.String({ maxLength: 100 }), {
  maxItems: maxDestinations,
  separator: '[,<]',
  description: `Numbers of people, ${maxDestinations} at most.`,
});

const place = {
  scope: Type.Optional(
    Type.Enum([...optOutScopes], {
      description:
        'What is blocked: messages from `number`, from every member of the powerpack, from every number of the account. Without it, what is named: a powerpack, a number, else the account.',
    }),
  ),
  powerpack_uuid: powerpackUuid('The powerpack that is opted out of; required for the scope `powerpack`.'),
  number: sender('The number or short code that is opted out of; required for the scope `number`.'),
};

const author = Type.Optional(
  Type.String({
    maxLength: maxTextLength,
    trim: true,
    description: 'The person who does it, for the history. Without it the caller.',
  }),
);

const reasonRules = { maxLength: maxTextLength, trim: true };

export const AddOptOutsInput = Type.Object({
  destinations,
  ...place,
  reason: Type.Optional(
    Type.String({ ...reasonRules, description: 'Why, such as "asked by telephone"; for the history.' }),
  ),
  author,
});

/** @throws ApiError invalid, naming the number that is none. */
export function wantedFromWire(
  input: Static<typeof AddOptOutsInput>,
  scope: Scope,
  now: Date,
): readonly WantedOptOut[] {
  const place = placeOfInput(input);
  const cause = causeFromWire(input, scope);
  return readDestinations(input.destinations, scope).map((destination) => ({
    destination,
    optedOutAt: now,
    cause,
    ...place,
  }));
}

const placeOfInput = ({
  scope,
  powerpack_uuid: uuid,
  number,
}: Pick<Static<typeof AddOptOutsInput>, 'scope' | 'powerpack_uuid' | 'number'>): OptOutPlace =>
  placeFromWire(scope, uuid, number === undefined ? undefined : readSender(number));

const causeFromWire = (
  { reason, author }: { readonly reason?: string; readonly author?: string },
  { callerId }: Scope,
): Cause => ({ source: 'api', reason, author: author ?? callerId });

function readDestinations(written: readonly string[], { defaultCountry }: Scope): readonly PhoneNumber[] {
  return written.map((text, index) => {
    const number = parseNumber(text, defaultCountry);
    if (number !== undefined) return number;
    const rule = 'must be a phone number with its country code';
    throw new ApiError('invalid', `destinations[${index}] ${rule}${numberHint(text)}`);
  });
}

/** Returns the digits of the person in a path. */
export const destinationFromWire = ({ destination }: Static<typeof OptOutPath>): string =>
  readNewNumber(destination).number;

export const AddedOptOuts = Type.Object({
  added: Type.Integer({ description: 'Opt-outs that are new, or wider than before.' }),
  known: Type.Integer({ description: 'Those that were there already; they stay as they are.' }),
  message: Type.Literal('added'),
});

export const RemoveOptOutsInput = Type.Object({
  reason: Type.String({
    minLength: 1,
    ...reasonRules,
    description: 'Why the person may be written to again, such as "asked in the shop"; for the history.',
  }),
  author,
  number: sender('Only opt-outs from this number or short code.'),
  powerpack_uuid: powerpackUuid('Only opt-outs that answer this powerpack.'),
});

export function removalFromWire(
  path: Static<typeof OptOutPath>,
  input: Static<typeof RemoveOptOutsInput>,
  scope: Scope,
): Removal {
  return {
    destination: destinationFromWire(path),
    powerpackUuid: input.powerpack_uuid?.toLowerCase(),
    sender: input.number === undefined ? undefined : readSender(input.number),
    cause: causeFromWire(input, scope),
  };
}

export const RemovedOptOuts = Type.Object({ message: Type.Literal('removed'), removed: Type.Integer() });

export const CheckOptOutsInput = Type.Object({
  destinations,
  powerpack_uuid: powerpackUuid('Whether messages through this powerpack are blocked.'),
  number: sender('Whether messages from this number or short code are blocked.'),
});

export const OptOutBody = Type.Object({
  author: nullable(Type.String({ description: 'Who added it by hand; null for STOP.' })),
  destination: Type.String({ description: 'The person.' }),
  excepted: Type.Array(Type.String(), {
    description:
      'Numbers and powerpacks that START has taken out of an opt-out from the whole account that was made by hand.',
  }),
  message_uuid: nullable(Type.String({ description: 'The message that said STOP.' })),
  number: nullable(Type.String({ description: 'The number that STOP was written to.' })),
  opted_out_on: Type.String(),
  powerpack_uuid: nullable(Type.String({ description: 'The powerpack that it answers.' })),
  reason: nullable(Type.String()),
  scope: Type.Enum([...optOutScopes]),
  source: Type.Enum([...optOutSources]),
});

export const OptOutListBody = uncountedListSchema(OptOutBody);

const numberOf = (queue: string | undefined): string | null =>
  queue === undefined ? null : senderOfQueue(queue);

export function optOutToWire(optOut: ListedOptOut): Static<typeof OptOutBody> {
  const { cause } = optOut;
  return {
    author: cause.author ?? null,
    destination: optOut.destination,
    excepted: optOut.excepted.map(senderOfQueue),
    message_uuid: cause.messageId ?? null,
    number: numberOf(optOut.queue),
    opted_out_on: isoMicroseconds(optOut.optedOutAt),
    powerpack_uuid: optOut.powerpackUuid ?? null,
    reason: cause.reason ?? null,
    scope: optOut.scope,
    source: cause.source,
  };
}

/** The most opt-outs of one person that are shown. */
const maxShown = 100;

export const OptedOutPersonBody = Type.Object({
  destination: Type.String(),
  opt_outs: Type.Array(OptOutBody),
  opted_out: Type.Boolean({
    description:
      'Whether messages through the powerpack or from the number that was asked about are blocked; without one, whether there is any opt-out.',
  }),
});

export const CheckedOptOuts = Type.Object({ objects: Type.Array(OptedOutPersonBody) });

/** The powerpack, and the messages from a number, that a check asks about. */
interface Asked {
  readonly powerpackUuid: string | undefined;
  readonly message: Blockable | undefined;
}

export function askedFromWire(input: Static<typeof CheckOptOutsInput>, scope: Scope) {
  return {
    destinations: readDestinations(input.destinations, scope),
    powerpackUuid: input.powerpack_uuid?.toLowerCase(),
    sender: input.number === undefined ? undefined : readSender(input.number),
  };
}

export function personToWire(
  destination: string,
  optOuts: readonly ListedOptOut[],
  asked: Asked,
): Static<typeof OptedOutPersonBody> {
  return {
    destination,
    opt_outs: optOuts.slice(0, maxShown).map(optOutToWire),
    opted_out: optOuts.some((optOut) => isMeant(optOut, asked)),
  };
}

function isMeant(optOut: ListedOptOut, { powerpackUuid: uuid, message }: Asked): boolean {
  if (uuid === undefined && message === undefined) return true;
  return (
    (message !== undefined && blocks(optOut, message)) || (uuid !== undefined && blocksAllOf(optOut, uuid))
  );
}

export const OptOutChangeBody = Type.Object({
  author: nullable(Type.String()),
  change: Type.Enum([...optOutChangeKinds]),
  changed_on: Type.String(),
  message_uuid: nullable(Type.String({ description: 'The message that said STOP or START.' })),
  number: nullable(Type.String()),
  powerpack_uuid: nullable(Type.String()),
  reason: nullable(Type.String()),
  scope: Type.Enum([...optOutScopes]),
  source: Type.Enum([...optOutSources]),
});

export const OptOutHistoryBody = uncountedListSchema(OptOutChangeBody);

export function changeToWire({ cause, ...change }: PastChange): Static<typeof OptOutChangeBody> {
  return {
    author: cause.author ?? null,
    change: change.change,
    changed_on: isoMicroseconds(change.at),
    message_uuid: cause.messageId ?? null,
    number: numberOf(change.queue),
    powerpack_uuid: change.powerpackUuid ?? null,
    reason: cause.reason ?? null,
    scope: change.scope,
    source: cause.source,
  };
}

export const ImportOptOutsInput = Type.Object({
  csv: Type.String({
    minLength: 1,
    description:
      'Lines with a header: `destination`, and any of `scope`, `powerpack_uuid`, `number`, `opted_out_on`, `reason`, `author`. 10,000 lines at most.',
  }),
  skip_bad_lines: Type.Optional(
    Type.Boolean({
      description:
        'Import the good lines although some are bad. By default a bad line means that nothing is.',
    }),
  ),
  author,
});

export const ImportedOptOuts = Type.Object({
  added: Type.Integer(),
  bad_lines: Type.Array(Type.Object({ error: Type.String(), line: Type.Integer() }), {
    description: 'The first hundred of the lines that were left out.',
  }),
  bad_lines_count: Type.Integer(),
  known: Type.Integer(),
  message: Type.Literal('imported'),
});

const maxBadLines = 100;

export function importReportToWire({ added, known, bad }: ImportReport): Static<typeof ImportedOptOuts> {
  return {
    added,
    bad_lines: bad.slice(0, maxBadLines).map(({ error, line }) => ({ error, line })),
    bad_lines_count: bad.length,
    known,
    message: 'imported',
  };
}

export const ExportOptOutsInput = Type.Object({
  after: Type.Optional(
    Type.String({ maxLength: 100, description: '`next` of the part before; nothing for the first part.' }),
  ),
});

export const ExportedOptOuts = Type.Object({
  count: Type.Integer({ description: 'Opt-outs in this part.' }),
  csv: Type.String({ description: 'A header and a line for each, as an import reads them.' }),
  next: nullable(Type.String({ description: '`after` of the next part; null in the last one.' })),
});

/** @throws ApiError invalid */
export function exportPlaceFromWire({ after = '' }: Static<typeof ExportOptOutsInput>): ExportPlace {
  const [destination = '', queue = '', uuid = '', ...more] = after.split('|');
  if (more.length > 0 || !/^\d{0,15}$/.test(destination))
    throw new ApiError('invalid', 'after must be next of the part before');
  return { destination, queue, powerpackUuid: uuid };
}

export const exportPlaceToWire = ({ destination, queue, powerpackUuid: uuid }: ListedOptOut): string =>
  `${destination}|${queue ?? ''}|${uuid ?? ''}`;
