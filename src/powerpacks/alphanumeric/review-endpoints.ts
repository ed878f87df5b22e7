// AlphanumericReview: the operator's decisions on the names of all accounts. Extensions.
import { requireOperator } from '../../accounts/operator.ts';
import { ApiError } from '../../base/errors.ts';
import { defineEndpoint } from '../../http/endpoint.ts';
import { listSchema, pageAnswer, pageOf } from '../../http/page.ts';
import type { Operating } from '../../routing/operating.ts';
import { countSenders, listSenders } from './alphanumeric-store.ts';
import {
  AlphanumericIdPath,
  DecideInput,
  ListAlphanumericInput,
  ReviewedAlphanumericBody,
  reviewedToWire,
} from './alphanumeric-wire.ts';
import { decideOnSender } from './change-alphanumeric.ts';

const operatorOnly = "The operator's account only.";

export const listAlphanumericReviewsEndpoint = defineEndpoint({
  summary: 'List the names of all accounts',
  description: `With the accounts that asked for them, the first asked for first. ${operatorOnly}`,
  extension: true,
  input: ListAlphanumericInput,
  answers: { 200: listSchema(ReviewedAlphanumericBody) },
  async handle({ db, scope, input }, { operating }: { operating: Operating }) {
    await requireOperator(db, scope, operating.operatorId());
    const page = pageOf(input);
    const filter = { accountId: undefined, status: input.status };
    const [senders, count] = await Promise.all([listSenders(db, filter, page), countSenders(db, filter)]);
    const path = `/v1/Account/${scope.accountId}/AlphanumericReview/`;
    return pageAnswer(path, page, input, count, senders.map(reviewedToWire));
  },
});

export const decideOnAlphanumericEndpoint = defineEndpoint({
  summary: 'Approve or reject a name',
  description: `May be decided anew. Of several accounts one can have a name approved. When it is rejected after it was approved, what waits to be sent from it fails. ${operatorOnly}`,
  extension: true,
  path: AlphanumericIdPath,
  input: DecideInput,
  answers: { 200: ReviewedAlphanumericBody },
  async handle({ db, scope, path, input, now }, { operating }: { operating: Operating }) {
    await requireOperator(db, scope, operating.operatorId());
    const { status, reason } = input;
    if (status === 'rejected' && reason === undefined)
      throw new ApiError('invalid', 'reason is required to reject a name');
    const sender = await decideOnSender(db, path.alphanumeric_uuid, status, reason, now);
    return { status: 200, body: reviewedToWire(sender) };
  },
});
