// The wire of names in pools. Extensions, in the vendor's style.
import { type Static, Type } from 'typebox';
import { isoMicroseconds, Uuid } from '../../http/schemas.ts';
import { namePattern } from '../../telecom/alphanumeric.ts';
import { AddShortcodeInput } from '../pool/pool-wire.ts';
import { approvalStatuses, type NamedMember } from './alphanumeric-sender.ts';

export const PoolAlphanumericPath = Type.Object({
  number_pool_uuid: Uuid,
  name: Type.String({ pattern: namePattern }),
});

export const AddAlphanumericInput = Type.Object({
  sms_per_second: AddShortcodeInput.properties.sms_per_second,
});

export const rateFromWire = ({ sms_per_second: text }: Static<typeof AddAlphanumericInput>) =>
  text === undefined ? undefined : text === 'default' ? null : Number(text);

export const NamedMemberBody = Type.Object({
  added_on: Type.String(),
  name: Type.String(),
  number_pool_uuid: Type.String(),
  sms_per_second: Type.Union([Type.Number(), Type.Null()]),
  status: Type.Enum([...approvalStatuses]),
});

export function namedMemberToWire(poolUuid: string, { sender, addedAt, smsPerSecond }: NamedMember) {
  return {
    added_on: isoMicroseconds(addedAt),
    name: sender.name,
    number_pool_uuid: poolUuid,
    sms_per_second: smsPerSecond,
    status: sender.status,
  };
}
