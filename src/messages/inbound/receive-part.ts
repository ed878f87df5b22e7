// A part of a long message comes in: stored until the others are there, then received as one message (carriers.md section 4.8).
import { uuidv7 } from '../../base/id.ts';
import { startWorker, type Worker, type WorkerParts } from '../../base/worker.ts';
import type { InboundPart } from '../../carriers/carrier.ts';
import type { Transaction } from '../../db/db.ts';
import { DatabaseUnavailable } from '../../db/unavailable.ts';
import { noteInbound } from '../outbox/carrier-message-store.ts';
import { insertEvents } from '../report/event-store.ts';
import {
  deleteParts,
  insertPart,
  listOldGroups,
  listParts,
  lockGroup,
  oldestPart,
  type PartGroup,
  type StoredPart,
} from './inbound-part-store.ts';
import { joinParts } from './join-parts.ts';
import { withCountryOfReceiver } from './national-sender.ts';
import {
  type CarrierInbound,
  inboundNameOf,
  isForUs,
  type ReceiveParts,
  receive,
} from './receive-message.ts';

/** A part and the carrier that brought it. */
interface CarrierInboundPart extends CarrierInbound {
  readonly part: InboundPart;
}

/** How long the other parts of a message are waited for. */
const waitMs = 30 * 60_000;

/**
 * Takes one part of a message: stores it, and receives the message once it is whole. Resolves once that is durable, with the identifier of the
 * part or of the message; `undefined` if no one here has that number. Parts may come in any order; one that comes again is known by its
 * name, or by its text.
 */
export function receivePart(parts: ReceiveParts, given: CarrierInboundPart): Promise<string | undefined> {
  const { timers, randomBytes } = parts;
  return parts.db.transaction(async (tx) => {
    const now = timers.now();
    const inbound = await withCountryOfReceiver(tx, given);
    if (!(await isForUs(tx, inbound))) return undefined;
    const group = groupOf(inbound);
    await lockGroup(tx, group);
    const id = uuidv7(now, randomBytes);
    const known = await noteInbound(tx, inboundNameOf(inbound, id, now));
    if (known !== undefined) return known;
    const { part } = inbound.part;
    const before = await listParts(tx, group);
    const equal = before.find((stored) => stored.part === part);
    if (equal?.text === inbound.text) return equal.id;
    // Handsets use references again: another text in the same place begins another message.
    if (equal !== undefined) await receiveGroup(tx, parts, group, before);
    const stored = { part, id, text: inbound.text, detail: inbound.detail, receivedAt: now };
    const present = equal === undefined ? [...before, stored] : [stored];
    if (present.length === group.total) return receiveGroup(tx, parts, group, present);
    insertPart(tx, group, inbound.name, stored);
    tx.afterCommit(() => parts.notifier.emit('parts'));
    return id;
  });
}

/** Takes the parts that are there as a message, deletes them, and returns its identifier; its history says how many are missing. */
async function receiveGroup(
  tx: Transaction,
  parts: ReceiveParts,
  group: PartGroup,
  present: readonly StoredPart[],
): Promise<string | undefined> {
  const { carrier, sender, destination, total } = group;
  deleteParts(tx, group);
  const [first] = present;
  const details = present.flatMap(({ detail }) => detail ?? []);
  const messageId = await receive(tx, parts, {
    carrier,
    name: `joined ${first?.id}`,
    sender,
    destination,
    service: 'sms',
    text: joinParts(present, total),
    mediaUrls: [],
    detail: details.length === 0 ? undefined : details.join(', '),
  });
  if (messageId !== undefined && present.length < total) {
    const detail = `${present.length} of ${total} parts came, the others did not`;
    insertEvents(tx, [{ messageId, at: parts.timers.now(), event: 'incomplete', detail }]);
  }
  return messageId;
}

const groupOf = ({ carrier, sender, destination, part }: CarrierInboundPart): PartGroup => ({
  carrier,
  sender,
  destination,
  width: part.width,
  reference: part.reference,
  total: part.total,
});

/** Takes a group that still has a part from `before` or earlier as a message, with what is there. */
async function receiveOld(
  tx: Transaction,
  parts: ReceiveParts,
  group: PartGroup,
  before: Date,
): Promise<void> {
  await lockGroup(tx, group);
  const present = await listParts(tx, group);
  // Another process may have been quicker, and a new message may have begun under the same reference.
  if (present.some(({ receivedAt }) => receivedAt <= before)) await receiveGroup(tx, parts, group, present);
}

const lookEveryMs = 60_000;
/** The most groups that one round looks at. */
const maxBatch = 100;

/**
 * Starts receiving messages whose other parts have not come for half an hour, with what is there. One that fails keeps no other waiting: it is
 * tried again with the next regular look.
 */
export function startReceivingIncomplete(
  parts: ReceiveParts & Pick<WorkerParts, 'inFlight' | 'onError'>,
): Worker {
  const { db, timers, inFlight, notifier, onError } = parts;
  const worker = startWorker({
    timers,
    inFlight,
    lookEveryMs,
    onError,
    async round() {
      const now = timers.now();
      const oldest = await oldestPart(db);
      if (oldest === undefined) return undefined;
      const dueAt = new Date(oldest.getTime() + waitMs);
      if (dueAt > now) return dueAt;
      const before = new Date(now.getTime() - waitMs);
      let hasFailed = false;
      for (const group of await listOldGroups(db, before, maxBatch)) {
        try {
          await db.transaction((tx) => receiveOld(tx, parts, group, before));
        } catch (error) {
          if (error instanceof DatabaseUnavailable) throw error;
          onError(error);
          hasFailed = true;
        }
      }
      return hasFailed ? undefined : now;
    },
  });
  const stopListening = notifier.on('parts', worker.wake);
  return {
    ...worker,
    async stop() {
      stopListening();
      await worker.stop();
    },
  };
}
