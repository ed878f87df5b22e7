// The candidate messages of a send request, one for each destination, or the reason why it cannot be sent.
import { ApiError } from '../../base/errors.ts';
import { powerpackNotFound } from '../../powerpacks/require-powerpack.ts';
import type { PoolSnapshot } from '../../powerpacks/selection/pool-snapshot.ts';
import { prepareText } from '../../powerpacks/sending/prepare-text.ts';
import { measureMessage } from '../../telecom/segments.ts';
import type { RequestedDestination, SendRequest } from '../send-request.ts';
import type { BatchContext } from './load-context.ts';
import type { OwnedSender } from './sender-store.ts';

/** One message of a send request that may be sent. */
export interface CandidateMessage {
  readonly request: SendRequest;
  readonly destination: RequestedDestination;
  readonly text: string;
  readonly segments: number;
  /** The powerpack that is to choose its sender, or the sender that the customer named. */
  readonly from: PoolSnapshot | OwnedSender;
}

/** A destination that none of the send request's senders reaches. */
export interface Unreached {
  readonly destination: RequestedDestination;
  readonly sender: undefined;
  /** The powerpack's reason, in a sentence. */
  readonly why: string | undefined;
}

/** The vendor's words for a sender that is not the account's (wire-data-plane section 3.4). */
const notOwned = 'This caller ID is not allowed for outbound message';

/** Returns the candidate messages of a send request, in the order of its destinations; or why it cannot be sent at all. */
export function candidatesFor(
  request: SendRequest,
  context: BatchContext,
): ApiError | readonly (CandidateMessage | Unreached)[] {
  const refusal = context.refusalOf(request);
  if (refusal !== undefined) return refusal;
  return request.from.kind === 'powerpack'
    ? candidatesByPool(request, context.snapshots.get(request.from.uuid))
    : candidatesByName(request, context.ownedBy(request));
}

function candidatesByPool(request: SendRequest, snapshot: PoolSnapshot | undefined) {
  if (snapshot?.powerpack.accountId !== (request.subaccountId ?? request.accountId)) {
    return powerpackNotFound();
  }
  // What has waited was made ready when it was accepted, and stays what was told then.
  const isSmart = snapshot.powerpack.smartEncoding && request.waited === undefined;
  return candidatesOf(request, isSmart, () => snapshot);
}

function candidatesByName(request: SendRequest, senders: readonly (OwnedSender | undefined)[]) {
  const canSend = (sender: OwnedSender | undefined) => sender?.services.includes(request.service);
  if (senders.every((sender) => sender === undefined)) return new ApiError('invalid', notOwned);
  if (senders.some((sender) => sender?.isUnverified))
    return new ApiError('invalid', 'src is a toll-free number that is not verified');
  if (!senders.some(canSend)) return new ApiError('invalid', `src cannot send ${request.service}`);
  return candidatesOf(request, false, (index) => (canSend(senders[index]) ? senders[index] : undefined));
}

function candidatesOf(
  request: SendRequest,
  isSmart: boolean,
  fromOf: (index: number) => CandidateMessage['from'] | undefined,
) {
  const text = prepareText(request.text, isSmart);
  if (text instanceof ApiError) return text;
  const { segments } = measureMessage(request.service, text);
  return request.destinations.map((destination, index): CandidateMessage | Unreached => {
    const from = fromOf(index);
    return from === undefined
      ? { destination, sender: undefined, why: undefined }
      : { request, destination, text, segments, from };
  });
}
