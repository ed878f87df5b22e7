// The names that the API gives to calls: extensions of ours, in the vendor's style.
import { type Static, Type } from 'typebox';
import { ApiError } from '../base/errors.ts';
import { maxUrlLength } from '../http/callable-url.ts';
import { pageParameters, uncountedListSchema } from '../http/page.ts';
import { isoMicroseconds, Uuid } from '../http/schemas.ts';
import { readTime, timeRules } from '../http/time-wire.ts';
import { parseAnyNumber } from '../telecom/written-number.ts';
import type { AttemptRecord } from './attempt.ts';
import type { Signatures } from './delivery/attempt-signatures.ts';
import type { FailedFilter, FailedUrl } from './failed-webhooks.ts';
import type { LoggedWebhook, WebhookFilters } from './store.ts';

export const WebhookPath = Type.Object({ webhook_uuid: Uuid });

const outcomes = ['pending', 'delivered', 'failed'] as const;
const kinds = ['status', 'inbound', 'result', 'opt_out'] as const;

export const ListWebhooksInput = Type.Object({
  ...pageParameters,
  message_uuid: Type.Optional(
    Type.String({ ...Uuid, expected: 'a UUID', description: 'Only calls that are about this message.' }),
  ),
  outcome: Type.Optional(
    Type.Enum([...outcomes], { description: 'Only calls that are pending, were delivered, or have failed.' }),
  ),
  url: Type.Optional(
    Type.String({ maxLength: maxUrlLength, trim: true, description: 'Only calls of this URL.' }),
  ),
  status: Type.Optional(
    Type.Integer({
      minimum: 100,
      maximum: 599,
      description: 'Only calls whose last response had this status.',
    }),
  ),
  number: Type.Optional(
    Type.String({
      maxLength: 40,
      trim: true,
      description: 'Only calls about messages from or to this number, while their parameters are stored.',
    }),
  ),
});

export const FailedWebhookBody = Type.Object({
  calls: Type.Integer({ description: 'Calls that failed for good.' }),
  first_queued_on: Type.String(),
  last_queued_on: Type.String(),
  newest_replayable: Type.Union([Type.String(), Type.Null()], {
    description: 'UUID of the newest that can be made again, for a test.',
  }),
  reasons: Type.Array(
    Type.Object({
      calls: Type.Integer(),
      error: Type.String({ description: 'Why the last attempt failed.' }),
      status: Type.Union([Type.Integer(), Type.Null()], {
        description: 'HTTP status; null without a response.',
      }),
    }),
    { description: 'The most frequent first, at most ten.' },
  ),
  replayable: Type.Integer({ description: 'Of them those whose parameters are stored.' }),
  url: Type.String(),
});

export const FailedWebhookListBody = Type.Object({ objects: Type.Array(FailedWebhookBody) });

const queuedTime = (about: string) => Type.Optional(Type.String({ ...timeRules, description: about }));

export const ReplayFailedInput = Type.Object({
  url: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: maxUrlLength,
      trim: true,
      description: 'Only calls of this URL. Either this or `since`, or both.',
    }),
  ),
  since: queuedTime('Only calls that were queued at or later than this.'),
  until: queuedTime('Only calls that were queued earlier than this.'),
  kind: Type.Optional(Type.Enum([...kinds], { description: 'Only calls of this kind.' })),
});

/** @throws ApiError invalid where neither a URL nor a time is given. */
export function failedFilterFromWire(input: Static<typeof ReplayFailedInput>): FailedFilter {
  if (input.url === undefined && input.since === undefined) {
    throw new ApiError('invalid', 'url or since is required');
  }
  const timeOf = (name: 'since' | 'until') => {
    const text = input[name];
    return text === undefined ? undefined : new Date(Math.ceil(readTime(name, text).startMs));
  };
  return { url: input.url, kind: input.kind, since: timeOf('since'), until: timeOf('until') };
}

export const ReplayedFailedBody = Type.Object({
  message: Type.Literal('queued'),
  calls: Type.Integer({ description: 'Calls that are made again, at most the oldest 10,000.' }),
  complete: Type.Boolean({ description: 'Whether no such call is left; else repeat the request.' }),
});

const nullable = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);

const summary = {
  attempts: Type.Integer(),
  created_on: Type.String(),
  error: nullable(Type.String({ description: 'Why the last attempt failed; null where none has.' })),
  kind: Type.Enum([...kinds]),
  message_uuid: nullable(
    Type.String({
      description: 'Null for the result of a request, and for an opt-out that no message changed.',
    }),
  ),
  method: Type.Enum(['GET', 'POST']),
  next_attempt_on: nullable(Type.String()),
  outcome: Type.Enum([...outcomes]),
  status: nullable(
    Type.Integer({ description: 'The HTTP status that answered the last attempt; null without an answer.' }),
  ),
  url: Type.String(),
  webhook_uuid: Type.String(),
};

export const WebhookSummaryBody = Type.Object(summary);

/** Without a total, as the list of messages: counting would read all of them. */
export const WebhookListBody = uncountedListSchema(WebhookSummaryBody);

const WebhookAttempt = Type.Object({
  answer: nullable(Type.String()),
  attempted_on: Type.String(),
  content_type: nullable(
    Type.String({ description: 'Of the answer. Message XML is read whatever its type is.' }),
  ),
  duration_ms: Type.Integer(),
  error: nullable(Type.String()),
  nonce: nullable(Type.String()),
  signatures: nullable(
    Type.Record(Type.String(), Type.String(), {
      description:
        'The headers that signed it; null where nothing was sent, or a token was rotated since, or `parameters` is null.',
    }),
  ),
  status: nullable(Type.Integer()),
});

const WebhookParameter = Type.Object({ name: Type.String(), value: Type.String() });

export const WebhookBody = Type.Object({
  ...summary,
  log: Type.Array(WebhookAttempt),
  parameters: nullable(Type.Array(WebhookParameter)),
});

export const ReplayedBody = Type.Object({ message: Type.Literal('queued') });

export function filtersFromWire(input: Static<typeof ListWebhooksInput>): WebhookFilters {
  return {
    messageId: input.message_uuid,
    outcome: input.outcome,
    url: input.url,
    status: input.status,
    number: input.number === undefined ? undefined : (parseAnyNumber(input.number) ?? input.number),
  };
}

export const failedUrlToWire = (failed: FailedUrl) => ({
  calls: failed.calls,
  first_queued_on: isoMicroseconds(failed.firstQueuedAt),
  last_queued_on: isoMicroseconds(failed.lastQueuedAt),
  newest_replayable: failed.newestReplayable,
  reasons: failed.reasons,
  replayable: failed.replayable,
  url: failed.url,
});

export function webhookSummaryToWire(webhook: LoggedWebhook) {
  const last = webhook.log.at(-1);
  return {
    attempts: webhook.attempts,
    created_on: isoMicroseconds(webhook.createdAt),
    error: last?.error ?? null,
    kind: webhook.kind,
    message_uuid: webhook.messageId ?? null,
    method: webhook.method,
    next_attempt_on: webhook.nextAt === null ? null : isoMicroseconds(webhook.nextAt),
    outcome: webhook.outcome,
    status: last?.status ?? null,
    url: webhook.url,
    webhook_uuid: webhook.id,
  };
}

export function webhookToWire(webhook: LoggedWebhook, signatures: readonly (Signatures | undefined)[]) {
  return {
    ...webhookSummaryToWire(webhook),
    log: webhook.log.map((attempt, at) => attemptToWire(attempt, signatures[at])),
    parameters: webhook.parameters?.map(([name, value]) => ({ name, value })) ?? null,
  };
}

function attemptToWire(attempt: AttemptRecord, signatures: Signatures | undefined) {
  return {
    answer: attempt.answer,
    attempted_on: isoMicroseconds(new Date(attempt.at)),
    // Attempts that were logged before it was kept have none.
    content_type: attempt.contentType ?? null,
    duration_ms: attempt.durationMs,
    error: attempt.error,
    nonce: attempt.nonce,
    signatures: signatures ?? null,
    status: attempt.status,
  };
}
