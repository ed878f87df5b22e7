// The effects of STOP, START and HELP: which powerpacks they answer, the opt-outs, and the replies.
import type { InboundMessage } from '../../carriers/carrier.ts';
import type { Transaction } from '../../db/db.ts';
import { addOptOut, endOptOuts, type NewOptOut } from '../../powerpacks/opt-outs/opt-out-store.ts';
import { queueOf } from '../../powerpacks/queue-name.ts';
import { type PhoneNumber, parseE164 } from '../../telecom/e164.ts';
import type { Message } from '../message.ts';
import {
  type AnsweredPowerpack,
  holdPowerpacks,
  type InboundTarget,
  listWritingPowerpacks,
} from './inbound-store.ts';
import { defaultAnswers, followsKeywords, type Intent, intentOf } from './keywords.ts';

/** A STOP: who wrote it, to which sender queue, when. */
type Stop = Pick<NewOptOut, 'destination' | 'queue' | 'optedOutAt'>;

/** Returns what an inbound message asks for. Keywords count in texts without media, to numbers that follow them. */
export function readIntent(
  { text, mediaUrls }: InboundMessage,
  number: Pick<InboundTarget, 'kind' | 'countryIso2'>,
): Intent | undefined {
  return mediaUrls.length === 0 && followsKeywords(number) ? intentOf(text) : undefined;
}

/**
 * Returns the powerpacks that a keyword answers, and locks their opt-out scopes. STOP answers those that wrote last from its number, else
 * the one that the number is in. START goes to that one as well: it is the one which would write from there.
 */
export async function findAnswered(
  tx: Transaction,
  { powerpackUuid }: InboundTarget,
  { accountId, sender: person, destination: number }: Message,
  intent: Intent | undefined,
  now: Date,
): Promise<readonly AnsweredPowerpack[]> {
  if (intent === undefined || intent === 'help') return [];
  const wrote = await listWritingPowerpacks(tx, person, number, now);
  const present = powerpackUuid === undefined ? [] : [powerpackUuid];
  const powerpacks = await holdPowerpacks(tx, [...wrote, ...present]);
  if (intent === 'optin') return powerpacks.filter((powerpack) => powerpack.accountId === accountId);
  const writing = powerpacks.filter(({ uuid }) => wrote.includes(uuid));
  return writing.some((powerpack) => powerpack.accountId === accountId) ? writing : powerpacks;
}

/**
 * Does what a keyword asks for. Returns what is said in return: nothing to a STOP that is said again, and nothing to a START of
 * somebody who had not opted out, whose "yes" or "go" answers a question.
 */
export async function followIntent(
  tx: Transaction,
  { kind, countryIso2 }: InboundTarget,
  { accountId, sender: destination, destination: sender }: Message,
  intent: Intent | undefined,
  answered: readonly AnsweredPowerpack[],
  now: Date,
): Promise<string | undefined> {
  if (intent === undefined) return undefined;
  const queue = queueOf({ kind, sender, countryIso2 });
  const key = { accountId, destination };
  if (intent === 'optin' && !(await endOptOuts(tx, key, queue, answered))) return undefined;
  const stop = { destination, queue, optedOutAt: now };
  if (intent === 'optout' && !(await storeStop(tx, accountId, stop, answered))) return undefined;
  return defaultAnswers[intent];
}

/**
 * Stores what a STOP to a number of the account opts out of: the powerpacks that it answers, the number alone where none is of the
 * account. Returns whether the account had no such opt-out.
 */
async function storeStop(
  tx: Transaction,
  accountId: string,
  stop: Stop,
  answered: readonly AnsweredPowerpack[],
): Promise<boolean> {
  const own = answered.filter((powerpack) => powerpack.accountId === accountId);
  const alone = { ...stop, accountId, powerpackUuid: undefined, scope: 'number' } as const;
  let isNew = own.length === 0 && (await addOptOut(tx, alone));
  for (const { uuid, scope, accountId: ownerId } of answered) {
    const isAdded = await addOptOut(tx, { ...stop, accountId: ownerId, powerpackUuid: uuid, scope });
    if (isAdded && ownerId === accountId) isNew = true;
  }
  return isNew;
}

/**
 * Follows STOP to a number that is nobody's here any more: it holds for the powerpack that wrote last from it. No number is left to answer
 * from.
 */
export async function followStopToFormerNumber(
  tx: Transaction,
  inbound: InboundMessage,
  writer: PhoneNumber | undefined,
  now: Date,
): Promise<void> {
  const number = parseE164(inbound.destination);
  if (number === undefined || writer === undefined || readIntent(inbound, number) !== 'optout') return;
  const stop = { destination: writer.number, queue: number.number, optedOutAt: now };
  const wrote = await listWritingPowerpacks(tx, stop.destination, stop.queue, now);
  for (const { uuid, scope, accountId } of await holdPowerpacks(tx, wrote)) {
    await addOptOut(tx, { ...stop, accountId, powerpackUuid: uuid, scope });
  }
}
