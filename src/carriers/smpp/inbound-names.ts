// Names for messages from handsets. SMPP gives them none, so that a message that comes again is known by the id that its SMSC puts into an optional
// parameter, or by its octets and by how the first one was answered (SMPP 3.4 section 4.6.1; carriers.md section 4.8).
import { createHash, type Hash } from 'node:crypto';
import { contentOf } from './receipt.ts';
import type { Delivery, DeliveryAnswer } from './session.ts';
import { tags } from './tlvs.ts';

/** A message as it came, to be told from one that comes again. */
export interface InboundMark {
  readonly carrier: string;
  /** Of addresses, data_coding and content. */
  readonly hash: string;
  /** The session that it came in. */
  readonly session: string;
  /** A name for it if it is new. */
  readonly name: string;
}

/** Remembers messages for ten minutes, durably and for all processes: a message may come again after a crash, and to another process. */
export interface InboundMarks {
  /**
   * Stores a mark and returns the name to use: that of an equal message whose answer may not have reached the carrier, because it came in
   * another session and no answer is known, or because the answer was late or negative; else the mark's own.
   */
  name(mark: InboundMark): Promise<string>;
  /** Records how a message was answered: after a good answer an equal one is another message. */
  answered(mark: InboundMark, isGood: boolean): Promise<void>;
}

/** A carrier may have given an answer up that took longer. */
const lateMs = 5000;

/** Returns the mark of a delivery. */
export function markOf(carrier: string, delivery: Delivery, session: string): InboundMark {
  const hash = hashOfFields(delivery);
  if ('shortMessage' in delivery) hash.update(delivery.shortMessage);
  for (const [tag, value] of delivery.tlvs) hash.update(`\0${tag}\0`).update(value);
  return { carrier, hash: hash.digest('hex'), session, name: `${session}-${delivery.sequence}` };
}

/** Parameters that say which part a content is. */
const partTags = [tags.sarReference, tags.sarTotal, tags.sarPart] as const;

/**
 * Returns the name of a delivery by the id that its SMSC gave it; `undefined` where no parameter is named or it holds nothing. The content belongs to
 * the name: parts of one message may have one id, and an id that is used again for another text must not make that one disappear.
 * @param tag of the parameter that holds the id, as it is written in the configuration.
 */
export function nameById(delivery: Delivery, tag: string | undefined): string | undefined {
  const id = tag === undefined ? undefined : delivery.tlvs.get(Number(tag));
  if (id === undefined || id.every(isPadding)) return undefined;
  const hash = hashOfFields(delivery).update(contentOf(delivery));
  for (const part of partTags) hash.update(`\0${part}\0`).update(delivery.tlvs.get(part) ?? '');
  return `id ${hash.update('\0id\0').update(id).digest('hex')}`;
}

/** Returns whether an octet is a NUL or a blank. */
const isPadding = (octet: number): boolean => octet === 0 || octet === 0x20;

function hashOfFields({ source, destination, esmClass, dataCoding }: Delivery): Hash {
  const hash = createHash('sha256');
  return hash.update(JSON.stringify([source.digits, destination.digits, esmClass, dataCoding]));
}

/** Returns whether the carrier has certainly heard that we took a message. */
export function isGood({ isPositive, isFlushed, tookMs }: DeliveryAnswer): boolean {
  return isPositive && isFlushed && tookMs <= lateMs;
}
