// Webhook: the log of calls to the customer's URLs, and making them again. Extensions of ours.

import type { Encrypter } from '../base/encrypt.ts';
import { ApiError } from '../base/errors.ts';
import type { Notifier } from '../events/notifier.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { pageOf, uncountedPageAnswer } from '../http/page.ts';
import { listSignatures } from './delivery/attempt-signatures.ts';
import { listFailedUrls, maxFailedRead, replayFailed } from './failed-webhooks.ts';
import { replayWebhook } from './replay-webhook.ts';
import { getWebhook, listWebhooks } from './store.ts';
import {
  FailedWebhookListBody,
  failedFilterFromWire,
  failedUrlToWire,
  filtersFromWire,
  ListWebhooksInput,
  ReplayedBody,
  ReplayedFailedBody,
  ReplayFailedInput,
  WebhookBody,
  WebhookListBody,
  WebhookPath,
  webhookSummaryToWire,
  webhookToWire,
} from './wire.ts';

export const listWebhooksEndpoint = defineEndpoint({
  summary: 'List calls to your URLs',
  description:
    'Status callbacks, inbound messages and results of requests that named a `callback_url`, the newest first. They are kept for seven days.',
  extension: true,
  input: ListWebhooksInput,
  mayLag: true,
  answers: { 200: WebhookListBody },
  async handle({ db, scope, input }) {
    const page = pageOf(input);
    const { webhooks, hasMore } = await listWebhooks(db, scope, filtersFromWire(input), page);
    const path = `/v1/Account/${scope.accountId}/Webhook/`;
    return uncountedPageAnswer(path, page, input, hasMore, webhooks.map(webhookSummaryToWire));
  },
});

export const listFailedWebhooksEndpoint = defineEndpoint({
  summary: 'List the URLs whose calls failed',
  description:
    'Calls that failed for good, grouped by URL, with the reasons; the URL that failed last comes first. The newest 10,000 failed calls are read, and at most 100 URLs listed.',
  extension: true,
  mayLag: true,
  answers: { 200: FailedWebhookListBody },
  async handle({ db, scope }) {
    const urls = await listFailedUrls(db, scope);
    return { status: 200, body: { objects: urls.map(failedUrlToWire) } };
  },
});

export const replayFailedWebhooksEndpoint = defineEndpoint({
  summary: 'Make all failed calls of a URL again',
  description:
    'Each begins anew, with retries, as if it were made again by itself. At most the oldest 10,000; call it again for the others.',
  extension: true,
  input: ReplayFailedInput,
  answers: { 202: ReplayedFailedBody },
  async handle({ db, scope, input, now }, { notifier }: { notifier: Notifier }) {
    const calls = await replayFailed(db, scope, failedFilterFromWire(input), now, notifier);
    return { status: 202, body: { message: 'queued', calls, complete: calls < maxFailedRead } };
  },
});

export const getWebhookEndpoint = defineEndpoint({
  summary: 'Retrieve a call to one of your URLs',
  description:
    'With the parameters as they are sent, and the last ten attempts with their signatures and the beginning of each answer. `parameters` is null once they may be kept no longer.',
  extension: true,
  path: WebhookPath,
  answers: { 200: WebhookBody },
  async handle({ db, scope, path }, { encrypter }: { encrypter: Encrypter }) {
    const webhook = await getWebhook(db, scope, path.webhook_uuid);
    if (webhook === undefined) throw new ApiError('notFound', 'webhook not found');
    return { status: 200, body: webhookToWire(webhook, await listSignatures(db, encrypter, webhook)) };
  },
});

export const replayWebhookEndpoint = defineEndpoint({
  summary: 'Make a call to one of your URLs again',
  description:
    'A call that is done begins anew, with retries; one that waits to be tried again is made now. An inbound message that was undelivered is delivered by a 2xx, and its answer is sent; where the message was delivered before, the answer is not sent again, and its history says so.',
  extension: true,
  path: WebhookPath,
  answers: { 202: ReplayedBody },
  async handle({ db, scope, path, now }, { notifier }: { notifier: Notifier }) {
    await replayWebhook(db, scope, path.webhook_uuid, now, notifier);
    return { status: 202, body: { message: 'queued' } };
  },
});
