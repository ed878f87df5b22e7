// Who sends each message of a batch of send requests: everything is read in sets first, the choice itself is pure.
import type { Settings } from '../../base/config.ts';
import { ApiError } from '../../base/errors.ts';
import type { Transaction } from '../../db/db.ts';
import { blocks, type OptOut } from '../../powerpacks/opt-outs/opt-out.ts';
import { takeConfirmations } from '../../powerpacks/opt-outs/opt-out-store.ts';
import { queueOf, senderOfQueue } from '../../powerpacks/queue-name.ts';
import { powerpackNotFound } from '../../powerpacks/require-powerpack.ts';
import { busyMs, rateOf } from '../../powerpacks/selection/limits.ts';
import type { PoolSnapshot } from '../../powerpacks/selection/pool-snapshot.ts';
import type { KeptSelection } from '../../powerpacks/selection/select-sender.ts';
import { type Chosen, selectSender } from '../../powerpacks/selection/select-sender.ts';
import type { Candidate } from '../../powerpacks/selection/sender-pool.ts';
import { prepareText } from '../../powerpacks/sending/prepare-text.ts';
import type { MappingRequest } from '../../powerpacks/sticky/sticky-store.ts';
import { measureMessage } from '../../telecom/segments.ts';
import type { RequestedDestination, SendRequest } from '../send-request.ts';
import { type BatchContext, type ChoosingParts, loadContext } from './load-context.ts';
import type { OwnedSender } from './sender-store.ts';

/** One message of a send request, and who sends it. */
export interface ChosenSender {
  readonly request: SendRequest;
  readonly destination: RequestedDestination;
  readonly sender: string;
  readonly queue: string;
  readonly powerpackUuid: string | undefined;
  readonly text: string;
  readonly segments: number;
  /** For how long its number is busy with it. */
  readonly busyMs: number;
  /** The opt-out that keeps it from being sent. */
  readonly blockedBy: OptOut | undefined;
  /** It goes although the destination has opted out, or does so before it has gone: an answer to STOP, or what may follow one. */
  readonly passesOptOut: boolean;
  /** Why this sender, as it is kept with the message; undefined when the customer named it. */
  readonly selection: KeptSelection | undefined;
}

/** What becomes of one destination of a send request. */
export type DestinationChoice = ChosenSender | Unreached;

/** A destination that none of the send request's senders reaches. */
export interface Unreached {
  readonly destination: RequestedDestination;
  readonly sender: undefined;
}

/** Whom a destination's mapping is to name. */
export interface Mapping extends MappingRequest {
  readonly queue: string;
}

export interface BatchChoice {
  /** For each send request, in order, its destinations, or why it cannot be sent at all. */
  readonly requests: readonly (ApiError | readonly DestinationChoice[])[];
  /** The mappings that are to be kept, one a destination. */
  readonly mappings: readonly Mapping[];
}

/** One message of a send request that may be sent: by a powerpack, or by the number that the customer named. */
interface CandidateMessage {
  readonly request: SendRequest;
  readonly destination: RequestedDestination;
  readonly text: string;
  readonly segments: number;
  readonly from: PoolSnapshot | OwnedSender;
}

const isPool = (from: PoolSnapshot | OwnedSender): from is PoolSnapshot => 'pool' in from;

/** The vendor's words for a sender that is not the account's (wire-data-plane section 3.4). */
const notOwned = 'This caller ID is not allowed for outbound message';

/** Chooses the senders of a batch of send requests. Within the batch each choice knows those before it. */
export async function chooseSenders(
  tx: Transaction,
  requests: readonly SendRequest[],
  now: Date,
  parts: ChoosingParts,
): Promise<BatchChoice> {
  const context = await loadContext(tx, requests, now, parts);
  const candidates = requests.map((request) => candidatesFor(request, context));
  const messages = candidates
    .flatMap((request) => (request instanceof ApiError ? [] : request))
    .filter((message) => 'request' in message);
  const { decisions, obstacles, mappings } = decide(messages, context, now, parts.settings);
  const final = await letConfirm(tx, decisions, now);
  const choices = candidates.map((request) =>
    request instanceof ApiError ? request : buildResults(request, final, obstacles),
  );
  return { requests: choices, mappings };
}

/** What a send request wants to send, a candidate message for each destination; or why it may not. */
type CandidateMessages = ApiError | readonly (CandidateMessage | Unreached)[];

function candidatesFor(request: SendRequest, context: BatchContext): CandidateMessages {
  const refusal = request.scope === undefined ? undefined : context.ended.get(request.scope);
  if (refusal !== undefined) return refusal;
  const { from } = request;
  return from.kind === 'powerpack'
    ? candidatesByPool(request, context.snapshots.get(from.uuid))
    : candidatesByName(request, context.ownedBy(request));
}

function candidatesByPool(request: SendRequest, snapshot: PoolSnapshot | undefined): CandidateMessages {
  if (snapshot?.powerpack.accountId !== (request.subaccountId ?? request.accountId)) {
    return powerpackNotFound();
  }
  return candidatesOf(request, snapshot.powerpack.smartEncoding, () => snapshot);
}

function candidatesByName(
  request: SendRequest,
  senders: readonly (OwnedSender | undefined)[],
): CandidateMessages {
  const canSend = (sender: OwnedSender | undefined) => sender?.services.includes(request.service);
  if (senders.every((sender) => sender === undefined)) return new ApiError('invalid', notOwned);
  if (!senders.some(canSend)) return new ApiError('invalid', `src cannot send ${request.service}`);
  return candidatesOf(request, false, (index) => (canSend(senders[index]) ? senders[index] : undefined));
}

function candidatesOf(
  request: SendRequest,
  isSmart: boolean,
  fromOf: (index: number) => CandidateMessage['from'] | undefined,
): CandidateMessages {
  const text = prepareText(request.text, isSmart);
  if (text instanceof ApiError) return text;
  const { segments } = measureMessage(request.service, text);
  return request.destinations.map((destination, index) => {
    const from = fromOf(index);
    return from === undefined
      ? { destination, sender: undefined }
      : { request, destination, text, segments, from };
  });
}

type Decisions = ReadonlyMap<CandidateMessage, ChosenSender>;

/** Why the powerpack has no sender for a candidate message, in a sentence. */
type Obstacles = ReadonlyMap<CandidateMessage, string>;

/** Chooses for each candidate message, or says why nobody can send it. */
function decide(
  messages: readonly CandidateMessage[],
  { stickyOf, optOutsOf }: BatchContext,
  now: Date,
  settings: Settings,
): {
  readonly decisions: Decisions;
  readonly obstacles: Obstacles;
  readonly mappings: readonly Mapping[];
} {
  const obstacles = new Map<CandidateMessage, string>();
  const decisions = new Map<CandidateMessage, ChosenSender>();
  const mappings = new Map<string, Mapping>();
  for (const message of messages) {
    const { from, destination, request } = message;
    const optOuts = optOutsOf(request.accountId, destination.number);
    if (!isPool(from)) {
      decisions.set(message, byName(message, from, optOuts, settings));
      continue;
    }
    const { poolUuid } = from.powerpack;
    const key = `${poolUuid} ${destination.number}`;
    const query = {
      destination,
      service: request.service,
      // A destination that the batch has mapped already stays with that member.
      sticky: stickyOf(poolUuid, destination.number) ?? mappings.get(key)?.queue,
      optOuts,
    };
    const selection = selectSender(from.powerpack, from.pool, query, now);
    if (selection.kind === 'none') {
      obstacles.set(message, selection.why);
      continue;
    }
    const chosen = byPool(message, from, selection, optOuts, settings);
    decisions.set(message, chosen);
    if (chosen.blockedBy === undefined) reserveLocally(from, selection.candidate, chosen, now);
    if (selection.remember === undefined) continue;
    const { sender, countryIso2, queue } = selection.remember;
    const replaces =
      query.sticky === undefined || query.sticky === queue ? undefined : senderOfQueue(query.sticky);
    mappings.set(key, { poolUuid, destination: destination.number, sender, countryIso2, queue, replaces });
  }
  return { decisions, obstacles, mappings: [...mappings.values()] };
}

/** The sender that a powerpack chose. */
function byPool(
  { request, destination, text, segments }: CandidateMessage,
  { powerpack }: PoolSnapshot,
  { candidate, rule, putAside }: Chosen,
  optOuts: readonly OptOut[],
  { limits }: Settings,
): ChosenSender {
  return {
    request,
    destination,
    text,
    segments,
    sender: candidate.sender,
    queue: candidate.queue,
    powerpackUuid: powerpack.uuid,
    busyMs: busyMs(segments, rateOf(candidate, request.service, limits)),
    blockedBy: optOuts.find((optOut) =>
      blocks(optOut, { queue: candidate.queue, powerpackUuid: powerpack.uuid }),
    ),
    passesOptOut: request.passesOptOut === true,
    selection: { rule, putAside },
  };
}

/** The sender that the customer named. */
function byName(
  { request, destination, text, segments }: CandidateMessage,
  owned: OwnedSender,
  optOuts: readonly OptOut[],
  { limits }: Settings,
): ChosenSender {
  const queue = queueOf(owned);
  const { powerpackUuid } = owned;
  return {
    request,
    destination,
    text,
    segments,
    sender: owned.sender,
    queue,
    powerpackUuid,
    busyMs: busyMs(segments, rateOf(owned, request.service, limits)),
    blockedBy: optOuts.find((optOut) => blocks(optOut, { queue, powerpackUuid })),
    passesOptOut: request.passesOptOut === true,
    selection: undefined,
  };
}

/** What is chosen next, in this batch or another, shall know of this one. */
function reserveLocally({ pool }: PoolSnapshot, candidate: Candidate, chosen: ChosenSender, now: Date): void {
  pool.take(candidate, chosen.segments, Math.max(candidate.freeAtMs, now.getTime()) + chosen.busyMs);
}

/**
 * Lets the customer's one message through that may follow an opt-out (wire-data-plane section 13). The server's own answers to
 * keywords go out in any case and take nothing of it.
 */
async function letConfirm(tx: Transaction, decisions: Decisions, now: Date): Promise<Decisions> {
  const blocked = [...decisions].filter(([, { blockedBy }]) => blockedBy !== undefined);
  const asking = blocked.filter(([, { passesOptOut }]) => !passesOptOut);
  const wanted = asking.map(([{ request, destination }, { queue, powerpackUuid }]) => ({
    accountId: request.accountId,
    destination: destination.number,
    queue,
    powerpackUuid,
  }));
  const goes = await takeConfirmations(tx, wanted, now);
  const passing = new Set(asking.filter((_, index) => goes[index]).map(([message]) => message));
  const after = new Map(decisions);
  for (const [message, chosen] of blocked) {
    const passesOptOut = chosen.passesOptOut || passing.has(message);
    if (passesOptOut) after.set(message, { ...chosen, blockedBy: undefined, passesOptOut });
  }
  return after;
}

/** The choices of one send request. What none of its senders reaches is told; if that is everything, so is why. */
function buildResults(
  messages: readonly (CandidateMessage | Unreached)[],
  decisions: Decisions,
  obstacles: Obstacles,
): ApiError | readonly DestinationChoice[] {
  const choices = messages.map((message) => {
    const chosen = 'request' in message ? decisions.get(message) : undefined;
    return chosen ?? { destination: message.destination, sender: undefined };
  });
  if (choices.some(({ sender }) => sender !== undefined)) return choices;
  const [why] = messages.flatMap((message) => ('request' in message ? (obstacles.get(message) ?? []) : []));
  const sentence = 'no number available in the powerpack for this message';
  return new ApiError('invalid', why === undefined ? sentence : `${sentence}: ${why}`);
}
