// The effects of STOP, START and HELP: which powerpacks they answer, the opt-outs, and the replies.
import type { InboundMessage } from '../../carriers/carrier.ts';
import type { Transaction } from '../../db/db.ts';
import {
  answerOf,
  type KeywordRules,
  readKeyword,
  vendorRules,
} from '../../powerpacks/keywords/keyword-rules.ts';
import { loadOwnRules } from '../../powerpacks/keywords/keyword-store.ts';
import { followsKeywords, type Intent } from '../../powerpacks/keywords/keywords.ts';
import type { NewOptOut } from '../../powerpacks/opt-outs/opt-out.ts';
import type { Cause, OptOutChange } from '../../powerpacks/opt-outs/opt-out-change.ts';
import { addOptOuts, endOptOuts } from '../../powerpacks/opt-outs/opt-out-store.ts';
import { type RecordParts, recordChanges } from '../../powerpacks/opt-outs/record-changes.ts';
import { queueOf } from '../../powerpacks/queue-name.ts';
import { type PhoneNumber, parseE164 } from '../../telecom/e164.ts';
import type { Message } from '../message.ts';
import {
  type AnsweredPowerpack,
  holdPowerpacks,
  type InboundTarget,
  listWritingPowerpacks,
} from './inbound-store.ts';

/** A STOP: who wrote it, to which sender queue, when. */
type Stop = Pick<NewOptOut, 'destination' | 'queue' | 'optedOutAt'>;

/** A keyword as it was read. */
interface Keyword {
  readonly intent: Intent;
  /** The rules that read it, which say what is answered. */
  readonly rules: KeywordRules;
}

/** The most characters of a text in which a keyword is looked for: a longer one says something else. */
const maxKeywordLength = 200;

/**
 * Returns what an inbound message to `number` asks for. Keywords count in texts without media. They are read by the rules of the powerpack that
 * the number is in; opting out by those of the powerpacks that wrote last from it as well, since the person was told their words.
 */
export async function readIntent(
  tx: Transaction,
  { text, mediaUrls }: InboundMessage,
  person: string,
  number: Pick<InboundTarget, 'kind' | 'countryIso2' | 'powerpackUuid' | 'keywordRules'> & {
    readonly sender: string;
  },
  now: Date,
): Promise<Keyword | undefined> {
  if (mediaUrls.length > 0 || text.length > maxKeywordLength) return undefined;
  const isFollowed = (rules: KeywordRules) => rules.allNumbers || followsKeywords(number);
  const read = (rules: KeywordRules): Keyword | undefined => {
    const intent = isFollowed(rules) ? readKeyword(text, rules) : undefined;
    return intent === undefined ? undefined : { intent, rules };
  };
  const own = read(number.keywordRules);
  if (own?.intent === 'optout') return own;
  const wrote = await listWritingPowerpacks(tx, person, number.sender, now);
  const others = await loadOwnRules(
    tx,
    wrote.filter((uuid) => uuid !== number.powerpackUuid),
  );
  return [...others.values()].map(read).find((other) => other?.intent === 'optout') ?? own;
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
 * Does what a keyword asks for, and records it. Returns what is said in return: nothing to a STOP that is said again, and nothing to a START
 * of a person who had not opted out, whose "yes" or "go" answers a question.
 */
export async function followIntent(
  tx: Transaction,
  { kind, countryIso2, callback }: InboundTarget,
  { id, accountId, sender: destination, destination: sender }: Message,
  text: string,
  keyword: Keyword | undefined,
  answered: readonly AnsweredPowerpack[],
  now: Date,
  parts: RecordParts,
): Promise<string | undefined> {
  if (keyword === undefined) return undefined;
  const { intent, rules } = keyword;
  // An application that is not called cannot answer.
  const isAnswered = rules.answeredBy === 'server' || callback === undefined;
  const answer = isAnswered ? answerOf(rules, intent, text) : undefined;
  if (intent === 'help') return answer;
  const queue = queueOf({ kind, sender, countryIso2 });
  const cause = { source: 'message', messageId: id } as const;
  const changes =
    intent === 'optin'
      ? await endOptOuts(tx, { accountId, destination }, queue, answered, cause)
      : await storeStop(tx, accountId, { destination, queue, optedOutAt: now }, answered, cause);
  await recordChanges(tx, changes, now, parts);
  const isChanged = changes.some(
    ({ change, accountId: changedId }) =>
      changedId === accountId && (intent === 'optin' || change === 'added'),
  );
  return isChanged ? answer : undefined;
}

/**
 * Stores what a STOP to a number of the account opts out of: the powerpacks that it answers, the number alone where none is of the
 * account. Returns what it changed.
 */
function storeStop(
  tx: Transaction,
  accountId: string,
  stop: Stop,
  answered: readonly AnsweredPowerpack[],
  cause: Cause,
): Promise<readonly OptOutChange[]> {
  const alone = { accountId, powerpackUuid: undefined, scope: 'number', cause, ...stop } as const;
  const isOwn = answered.some((powerpack) => powerpack.accountId === accountId);
  const optOuts = answered.map(({ uuid, scope, accountId: ownerId }) => ({
    accountId: ownerId,
    powerpackUuid: uuid,
    scope,
    cause: ownerId === accountId ? cause : causeElsewhere,
    ...stop,
  }));
  return addOptOuts(tx, isOwn ? optOuts : [alone, ...optOuts]);
}

/** Of an opt-out from another account than the one that has the message: that account does not learn which one it is. */
const causeElsewhere: Cause = { source: 'message' };

/**
 * Follows STOP to a number that no account has any more: it holds for the powerpack that sent from it last. There is no number to answer
 * from.
 */
export async function followStopToFormerNumber(
  tx: Transaction,
  inbound: InboundMessage,
  writer: PhoneNumber | undefined,
  now: Date,
  parts: RecordParts,
): Promise<void> {
  const number = parseE164(inbound.destination);
  if (number === undefined || writer === undefined) return;
  const { kind, countryIso2, number: sender } = number;
  const facts = { kind, countryIso2, sender, powerpackUuid: undefined, keywordRules: vendorRules };
  const keyword = await readIntent(tx, inbound, writer.number, facts, now);
  if (keyword?.intent !== 'optout') return;
  const stop = { destination: writer.number, queue: number.number, optedOutAt: now };
  const wrote = await listWritingPowerpacks(tx, stop.destination, stop.queue, now);
  const optOuts = (await holdPowerpacks(tx, wrote)).map(({ uuid, scope, accountId }) => ({
    accountId,
    powerpackUuid: uuid,
    scope,
    cause: causeElsewhere,
    ...stop,
  }));
  await recordChanges(tx, await addOptOuts(tx, optOuts), now, parts);
}
