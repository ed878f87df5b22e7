// Maps a destination to the sender that a customer names.
import { ApiError } from '../../base/errors.ts';
import type { Db } from '../../db/db.ts';
import type { Scope } from '../../http/endpoint.ts';
import type { PhoneNumber } from '../../telecom/e164.ts';
import { findMember } from '../pool/pool-store.ts';
import { requireLockedPowerpack } from '../require-powerpack.ts';
import { reaches } from '../selection/reach.ts';
import { holdPool } from '../store.ts';
import { pinStickySender, type StickySender } from './sticky-store.ts';

export interface Pin {
  readonly destination: PhoneNumber;
  /** Digits of a member. */
  readonly sender: string;
  /** Which one is meant when a short code is in the pool for two countries. */
  readonly countryIso2: string | undefined;
}

/**
 * Stores that a destination is mapped to a member from now on, as if it had just had a message from it.
 * @throws ApiError notFound (powerpack, member), conflict (sticky sender is off), invalid (the member does not reach the destination,
 * or is it).
 */
export function pinSender(db: Db, scope: Scope, uuid: string, pin: Pin, now: Date): Promise<StickySender> {
  return db.transaction(async (tx) => {
    const powerpack = await requireLockedPowerpack(tx, scope, uuid);
    if (!powerpack.stickySender) {
      throw new ApiError('conflict', 'the powerpack has no sticky senders; set sticky_sender to true first');
    }
    const { poolUuid } = powerpack;
    const { sender, countryIso2 } = pin;
    const destination = pin.destination.number;
    const kinds = ['longcode', 'tollfree', 'shortcode'] as const;
    await holdPool(tx, poolUuid);
    const member = await findMember(tx, { poolUuid, sender, kinds, countryIso2 }, undefined);
    if (member === undefined) throw new ApiError('notFound', 'number not found in this pool');
    if (sender === destination) {
      throw new ApiError('invalid', 'number must be another one than the destination');
    }
    if (!reaches(member, pin.destination.countryIso2, false)) {
      throw new ApiError('invalid', `number does not reach ${pin.destination.countryIso2}`);
    }
    const { kind } = member;
    await pinStickySender(tx, { poolUuid, destination, sender, countryIso2: member.countryIso2 }, now);
    return { destination, sender, kind, countryIso2: member.countryIso2, lastMessageAt: now };
  });
}
