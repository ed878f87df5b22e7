// Stores the messages of a seed: the past of an account. Nothing is sent, and no callback is made.
import { ApiError } from '../base/errors.ts';
import { type RandomBytes, uuidv7 } from '../base/id.ts';
import type { Transaction } from '../db/db.ts';
import type { Scope } from '../http/endpoint.ts';
import { finalStatuses } from '../messages/message.ts';
import { insertMessages, type NewMessage } from '../messages/store.ts';
import { findOwners } from '../numbers/store.ts';
import { isShortCode, type PhoneNumber } from '../telecom/e164.ts';
import { measureMessage } from '../telecom/segments.ts';
import { parseNumber } from '../telecom/written-number.ts';
import type { MadePowerpack, MessageSeed } from './seed.ts';

interface MessageParts {
  readonly powerpacks: readonly MadePowerpack[];
  readonly randomBytes: RandomBytes;
  readonly now: Date;
}

/**
 * Stores messages, each at its time. Returns their ids.
 * @throws ApiError that names the place in the seed.
 */
export async function storeSeedMessages(
  tx: Transaction,
  scope: Scope,
  seeds: readonly MessageSeed[],
  parts: MessageParts,
): Promise<string[]> {
  const owned = new Set<string>();
  const ownNumbers = seeds.map(({ direction, sender, destination }) =>
    (direction === 'outbound' ? sender : destination).replace('+', ''),
  );
  for (const [number, { accountId }] of await findOwners(tx, ownNumbers)) {
    if (accountId === scope.mainId) owned.add(number);
  }
  const messages = seeds.map((seed, index) => {
    const isOurs = (number: string) => owned.has(number) || isShortCode(number);
    return messageOf(seed, `messages[${index}]`, scope, isOurs, parts);
  });
  insertMessages(tx, messages);
  return messages.map(({ id }) => id);
}

function messageOf(
  seed: MessageSeed,
  path: string,
  scope: Scope,
  isOurs: (number: string) => boolean,
  { powerpacks, randomBytes, now }: MessageParts,
): NewMessage {
  const { direction, service, status, text } = seed;
  const isOutbound = direction === 'outbound';
  const [own, other] = (isOutbound ? [seed.sender, seed.destination] : [seed.destination, seed.sender]).map(
    (number) => number.replace('+', ''),
  ) as [string, string];
  const [ownName, otherName] = isOutbound ? ['src', 'dst'] : ['dst', 'src'];
  if (!isOurs(own)) throw new ApiError('invalid', `${path}.${ownName} must be a number of the account`);
  const person = requirePerson(other, `${path}.${otherName}`);
  const at = seed.at ?? now;
  if (at > now) throw new ApiError('invalid', `${path}.message_time must not be in the future`);
  const powerpack = powerpacks.find(({ name }) => name === seed.powerpack);
  if (seed.powerpack !== undefined && powerpack === undefined)
    throw new ApiError('invalid', `${path}.powerpack must be the name of a powerpack of this seed`);
  const isFinal = finalStatuses.includes(status);
  return {
    id: uuidv7(at, randomBytes),
    accountId: scope.mainId,
    subaccountId: undefined,
    direction,
    status,
    service,
    sender: isOutbound ? own : person.number,
    destination: isOutbound ? person.number : own,
    countryIso2: person.countryIso2,
    text,
    segments: measureMessage(service, text).segments,
    log: 'true',
    powerpackUuid: powerpack?.uuid,
    errorCode: seed.errorCode ?? (isOutbound && status === 'delivered' ? 0 : undefined),
    acceptedAt: at,
    dueAt: undefined,
    sentAt: undefined,
    finishedAt: isFinal ? at : undefined,
    updatedAt: isFinal ? at : undefined,
    callback: undefined,
    callbacks: 0,
    requesterIp: undefined,
    selection: undefined,
    carrier: undefined,
    details: {},
  };
}

function requirePerson(text: string, path: string): PhoneNumber {
  const number = parseNumber(text);
  if (number === undefined)
    throw new ApiError('invalid', `${path} must be a phone number with its country code`);
  return number;
}
