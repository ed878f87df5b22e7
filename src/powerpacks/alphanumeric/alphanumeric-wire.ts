// The wire of names to send as. Extensions, in the vendor's style.
import { Type } from 'typebox';
import { pageParameters } from '../../http/page.ts';
import { isoMicroseconds, Uuid } from '../../http/schemas.ts';
import { namePattern } from '../../telecom/alphanumeric.ts';
import { type AlphanumericSender, approvalStatuses } from './alphanumeric-sender.ts';

const name = Type.String({ pattern: namePattern });

export const AlphanumericPath = Type.Object({ name });
export const AlphanumericIdPath = Type.Object({ alphanumeric_uuid: Uuid });

const nullableText = Type.Union([Type.String(), Type.Null()]);
const status = Type.Enum([...approvalStatuses]);

export const AlphanumericBody = Type.Object({
  decided_on: nullableText,
  name: Type.String(),
  note: nullableText,
  reason: Type.Union([Type.String(), Type.Null()], { description: 'Why the operator decided so.' }),
  requested_on: Type.String(),
  status,
  uuid: Type.String(),
});

export function alphanumericToWire(sender: AlphanumericSender) {
  return {
    decided_on: sender.decidedAt === undefined ? null : isoMicroseconds(sender.decidedAt),
    name: sender.name,
    note: sender.note ?? null,
    reason: sender.reason ?? null,
    requested_on: isoMicroseconds(sender.requestedAt),
    status: sender.status,
    uuid: sender.id,
  };
}

export const ReviewedAlphanumericBody = Type.Object({
  ...AlphanumericBody.properties,
  auth_id: Type.String({ description: 'The account or subaccount that asked for it.' }),
});

export const reviewedToWire = (sender: AlphanumericSender) => ({
  ...alphanumericToWire(sender),
  auth_id: sender.accountId,
});

export const ListAlphanumericInput = Type.Object({
  ...pageParameters,
  status: Type.Optional(Type.Enum([...approvalStatuses], { description: 'Only names of this status.' })),
});

export const RequestAlphanumericInput = Type.Object({
  name: Type.String({
    maxLength: 40,
    trim: true,
    expected:
      '1 to 11 letters and digits, with a letter among them; space and & + - . _ may stand between them',
    pattern: namePattern,
    description: 'The name, as handsets show it.',
  }),
  note: Type.Optional(
    Type.String({
      maxLength: 1000,
      trim: true,
      description: 'Words to the operator: whose name it is, and what it sends.',
    }),
  ),
});

export const DecideInput = Type.Object({
  status: Type.Enum(['approved', 'rejected'], { description: 'approved or rejected.' }),
  reason: Type.Optional(
    Type.String({ maxLength: 1000, trim: true, description: 'Words to the account. Needed to reject.' }),
  ),
});
