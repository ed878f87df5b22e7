// Our names for the plan of a deletion, for deleted powerpacks and for restored ones. Extensions.
import { Type } from 'typebox';
import { daysAfter } from '../../base/days.ts';
import { orderParameters } from '../../http/order.ts';
import { pageParameters } from '../../http/page.ts';
import { isoMicroseconds } from '../../http/schemas.ts';
import { powerpackFields, powerpackToWire } from '../wire.ts';
import type { DeletePlan, Restoration } from './delete-powerpack.ts';
import { type DeletedPowerpack, deletedOrders } from './deleted-store.ts';

export const DeletePlanBody = Type.Object({
  uuid: Type.String(),
  name: Type.String(),
  deletion_protection: Type.Boolean(),
  unrent_numbers: Type.Boolean(),
  members: Type.Object({
    longcodes: Type.Integer(),
    tollfree: Type.Integer(),
    shortcodes: Type.Integer(),
  }),
  numbers_unrented: Type.Integer(),
  queued_messages: Type.Integer(),
  queued_messages_failing: Type.Integer(),
  sticky_senders: Type.Integer(),
  application_id: Type.String(),
  restorable_days: Type.Integer(),
});

export function deletePlanToWire(
  { powerpack, pool, numbersUnrented, queuedFailing }: DeletePlan,
  unrent: boolean,
  restoreDays: number,
) {
  return {
    uuid: powerpack.uuid,
    name: powerpack.name,
    deletion_protection: powerpack.deletionProtection,
    unrent_numbers: unrent,
    members: { longcodes: pool.longcodes, tollfree: pool.tollfree, shortcodes: pool.shortcodes },
    numbers_unrented: numbersUnrented,
    queued_messages: pool.queuedFromNumbers + pool.queuedFromShortcodes,
    queued_messages_failing: queuedFailing,
    sticky_senders: pool.stickySenders,
    application_id: powerpack.application?.appId ?? '',
    restorable_days: restoreDays,
  };
}

export const ListDeletedPowerpacksInput = Type.Object({
  ...orderParameters(deletedOrders, 'without it the last deleted comes first.'),
  ...pageParameters,
});

export const DeletedPowerpackBody = Type.Object({
  uuid: Type.String(),
  name: Type.String(),
  created_on: Type.String(),
  deleted_on: Type.String(),
  restorable_until: Type.String(),
  members: Type.Integer(),
});

export function deletedPowerpackToWire(powerpack: DeletedPowerpack, restoreDays: number) {
  return {
    uuid: powerpack.uuid,
    name: powerpack.name,
    created_on: isoMicroseconds(powerpack.createdAt),
    deleted_on: isoMicroseconds(powerpack.deletedAt),
    restorable_until: isoMicroseconds(daysAfter(powerpack.deletedAt, restoreDays)),
    members: powerpack.members,
  };
}

export const RestorationBody = Type.Object({
  ...powerpackFields,
  members_restored: Type.Array(Type.String()),
  members_lost: Type.Array(Type.String()),
  numbers_rented_again: Type.Array(Type.String()),
});

export function restorationToWire({ powerpack, restored, lost, rentedAgain }: Restoration) {
  return {
    ...powerpackToWire(powerpack),
    members_restored: restored,
    members_lost: lost,
    numbers_rented_again: rentedAgain,
  };
}
