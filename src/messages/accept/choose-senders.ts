// Selects the sender of each message of a batch of send requests: everything is read in sets first, the choice itself is pure.
import type { Settings } from '../../base/config.ts';
import { ApiError } from '../../base/errors.ts';
import type { Transaction } from '../../db/db.ts';
import type { MessagePriority } from '../../powerpacks/message-priority.ts';
import { blocks, type OptOut } from '../../powerpacks/opt-outs/opt-out.ts';
import { takeConfirmations } from '../../powerpacks/opt-outs/opt-out-store.ts';
import { queueOf, queueOfSender, senderOfQueue } from '../../powerpacks/queue-name.ts';
import type { QuietHours } from '../../powerpacks/quiet-hours.ts';
import { busyMs, type LimitedSender, rateOf } from '../../powerpacks/selection/limits.ts';
import type { PoolSnapshot } from '../../powerpacks/selection/pool-snapshot.ts';
import type { StoredSelection } from '../../powerpacks/selection/reason.ts';
import { selectSender } from '../../powerpacks/selection/select-sender.ts';
import { senderQuery } from '../../powerpacks/selection/sender-query.ts';
import { type Reserve, tryReservations } from '../../powerpacks/selection/try-reservations.ts';
import type { MappingRequest } from '../../powerpacks/sticky/sticky-store.ts';
import type { SendRequest } from '../send-request.ts';
import { type CandidateMessage, candidatesFor, type Unreached } from './candidate-messages.ts';
import { type BatchContext, type ChoosingParts, loadContext } from './load-context.ts';
import { waitOf } from './wait-of.ts';

/** A candidate message whose sender is known. */
export interface ChosenMessage extends CandidateMessage {
  readonly sender: string;
  readonly queue: string;
  readonly powerpackUuid: string | undefined;
  /** For how long its number is busy with it. */
  readonly busyMs: number;
  /** The opt-out that keeps it from being sent. */
  readonly blockedBy: OptOut | undefined;
  /** It goes although the destination has opted out, or does so before it has gone: a reply to STOP, or the confirmation of one. */
  readonly passesOptOut: boolean;
  /** The 10DLC campaign that it goes for: a number's, to the US. */
  readonly campaignId: string | undefined;
  /** Segments that its sender may send today while it warms up; `null` for no such limit, and where the customer named the sender. */
  readonly warmUpLimit: number | null;
  readonly priority: MessagePriority;
  /** Those of the powerpack that chose it, unless it answers somebody who has just written. */
  readonly quietHours: QuietHours | undefined;
  /** Why this sender; undefined when the customer named it. */
  readonly selection: StoredSelection | undefined;
}

/** The result for one destination of a send request. */
type Choice = ChosenMessage | Unreached;

export interface BatchChoice {
  /** For each send request, in order, its destinations, or why it cannot be sent at all. */
  readonly choices: readonly (ApiError | readonly Choice[])[];
  /** The mappings to store, one a destination. */
  readonly mappings: readonly MappingRequest[];
}

/** Selects the senders of a batch of send requests. Within the batch each choice knows those before it; pools stay as they are. */
export async function chooseSenders(
  tx: Transaction,
  requests: readonly SendRequest[],
  now: Date,
  parts: ChoosingParts,
): Promise<BatchChoice> {
  const context = await loadContext(tx, requests, now, parts);
  const candidates = requests.map((request) => candidatesFor(request, context));
  const mappings = new Map<string, MappingRequest>();
  const chosen = tryReservations(now, (reserve) => {
    const batch = { context, now, settings: parts.settings, mappings, reserve };
    return candidates.map((messages) =>
      messages instanceof ApiError
        ? messages
        : messages.map((message) => ('from' in message ? chooseSender(message, batch) : message)),
    );
  });
  const exempt = await findExempt(tx, chosen.flatMap(chosenMessages), now);
  const choices = chosen.map((messages) =>
    messages instanceof ApiError
      ? messages
      : resultOf(messages.map((message) => exempt.get(message) ?? message)),
  );
  return { choices, mappings: [...mappings.values()] };
}

/** Returns the messages of a send request that have a sender. */
export const chosenMessages = (choices: ApiError | readonly Choice[]): readonly ChosenMessage[] =>
  choices instanceof ApiError ? [] : choices.filter((choice) => choice.sender !== undefined);

/** The parts that all choices of a batch share. */
interface Batch {
  readonly context: BatchContext;
  readonly now: Date;
  readonly settings: Settings;
  /** The mappings that the batch makes, by pool and destination. */
  readonly mappings: Map<string, MappingRequest>;
  readonly reserve: Reserve;
}

function chooseSender(message: CandidateMessage, batch: Batch): Choice {
  const { from, request, destination } = message;
  const optOuts = batch.context.optOutsOf(request.accountId, destination.number);
  if ('pool' in from) return chooseByPool(message, from, optOuts, batch);
  const powerpack = { uuid: from.powerpackUuid, quietHours: null, messagePriority: 'transactional' } as const;
  return withSender(message, from, queueOf(from), powerpack, optOuts, undefined, batch.settings);
}

/**
 * Selects a sender from a powerpack, and adds the mapping that follows. A destination that the batch has mapped already stays with that
 * member.
 */
function chooseByPool(
  message: CandidateMessage,
  { powerpack, pool }: PoolSnapshot,
  optOuts: readonly OptOut[],
  { context, now, settings, mappings, reserve }: Batch,
): Choice {
  const { destination, request } = message;
  const { poolUuid } = powerpack;
  const key = `${poolUuid} ${destination.number}`;
  const stored = context.stickyOf(poolUuid, destination.number);
  const mapped = mappings.get(key);
  const query = senderQuery(
    {
      destination,
      service: request.service,
      segments: message.segments,
      hasMoment:
        waitOf({ request, destination, quietHours: powerpack.quietHours ?? undefined }, now) !== undefined,
    },
    { sticky: mapped === undefined ? stored : queueOfSender(mapped), optOuts },
    settings,
  );
  const selection = selectSender(powerpack, pool, query, now);
  if (selection.kind === 'none') return { destination, sender: undefined, why: selection.why };
  const { candidate, rule, rejected, remember } = selection;
  const selected = { rule, rejected };
  const chosen = withSender(message, candidate, candidate.queue, powerpack, optOuts, selected, settings);
  // One that waits takes nothing of today's, but the next one is for another member all the same: both are remembered.
  if (chosen.blockedBy === undefined)
    reserve(pool, candidate, query.waits ? { ...chosen, segments: 0 } : chosen);
  if (remember !== undefined) {
    const { sender, countryIso2, queue } = remember;
    const replaces = stored === undefined || stored === queue ? undefined : senderOfQueue(stored);
    mappings.set(key, { poolUuid, destination: destination.number, sender, countryIso2, replaces });
  }
  return chosen;
}

/** The powerpack that a sender is in, and its settings if it chose the sender. */
interface ChoosingPowerpack {
  readonly uuid: string | undefined;
  readonly quietHours: QuietHours | null;
  readonly messagePriority: MessagePriority;
}

function withSender(
  message: CandidateMessage,
  from: LimitedSender & {
    readonly sender: string;
    readonly campaignId: string | undefined;
    readonly warmUpLimit?: number | null;
  },
  queue: string,
  powerpack: ChoosingPowerpack,
  optOuts: readonly OptOut[],
  selection: StoredSelection | undefined,
  { limits }: Settings,
): ChosenMessage {
  const powerpackUuid = powerpack.uuid;
  return {
    sender: from.sender,
    queue,
    powerpackUuid,
    busyMs: busyMs(message.segments, rateOf(from, message.request.service, limits)),
    blockedBy: optOuts.find((optOut) => blocks(optOut, { queue, powerpackUuid })),
    passesOptOut: message.request.passesOptOut === true,
    campaignId: message.destination.countryIso2 === 'US' ? from.campaignId : undefined,
    warmUpLimit: from.warmUpLimit ?? null,
    priority: message.request.priority ?? powerpack.messagePriority,
    quietHours: powerpack.quietHours ?? undefined,
    selection,
    ...message,
  };
}

/**
 * Returns the blocked messages that go all the same, as they go: the customer's one message that may follow an opt-out
 * (wire-data-plane section 13), and the server's own answers to keywords, which take nothing of it. What was asked for before, or for another
 * moment, confirms nothing.
 */
async function findExempt(
  tx: Transaction,
  messages: readonly ChosenMessage[],
  now: Date,
): Promise<ReadonlyMap<Choice, ChosenMessage>> {
  const blocked = messages.filter(({ blockedBy }) => blockedBy !== undefined);
  const asking = blocked.filter(({ passesOptOut, request }) => !passesOptOut && !isTimed(request));
  const goes = await takeConfirmations(
    tx,
    asking.map(({ request: { accountId }, destination, queue, powerpackUuid }) => ({
      accountId,
      destination: destination.number,
      queue,
      powerpackUuid,
    })),
    now,
  );
  const confirmed = new Set(asking.filter((_, index) => goes[index]));
  return new Map(
    blocked
      .filter((message) => message.passesOptOut || confirmed.has(message))
      .map((message) => [
        message,
        { ...message, blockedBy: undefined, passesOptOut: true, quietHours: undefined },
      ]),
  );
}

/** Returns whether a send request is for a moment of its own, or has waited for one. */
const isTimed = ({ sendAt, waited }: SendRequest): boolean => sendAt !== undefined || waited !== undefined;

/** Returns the choices of one send request; where nothing of it is reached, that and why. */
function resultOf(choices: readonly Choice[]): ApiError | readonly Choice[] {
  if (choices.some(({ sender }) => sender !== undefined)) return choices;
  const why = choices.map((choice) => (choice.sender === undefined ? choice.why : undefined)).find(Boolean);
  const sentence = 'no number available in the powerpack for this message';
  return new ApiError('invalid', why === undefined ? sentence : `${sentence}: ${why}`);
}
