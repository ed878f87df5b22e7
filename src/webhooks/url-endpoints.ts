// Webhook/Url: the health of each URL that is called, and pausing and resuming its calls. Extensions.
import { requireMainAccount } from '../accounts/scope.ts';
import { ApiError } from '../base/errors.ts';
import type { Notifier } from '../events/notifier.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { endPause, insertPause, maxPausedOfAccount } from './pause-store.ts';
import { listUrlHealth } from './url-health.ts';
import { PausedBody, ResumedBody, urlHealthToWire, WebhookUrlInput, WebhookUrlListBody } from './url-wire.ts';

export const listWebhookUrlsEndpoint = defineEndpoint({
  summary: 'List the URLs that are called',
  description:
    'The outcomes of the newest 10,000 calls by URL: paused URLs first, then those that fail; at most 100.',
  extension: true,
  answers: { 200: WebhookUrlListBody },
  async handle({ db, scope }) {
    const urls = await listUrlHealth(db, scope);
    return { status: 200, body: { objects: urls.map(urlHealthToWire) } };
  },
});

export const pauseWebhookUrlEndpoint = defineEndpoint({
  summary: 'Pause the calls to a URL',
  description:
    'Calls to it wait, also later ones and those that are to be tried again, until it is resumed. A call that is under way comes to its end. A call that has waited for six days fails. The main account only.',
  extension: true,
  input: WebhookUrlInput,
  answers: { 200: PausedBody },
  async handle({ db, scope, input, now }, { notifier }: { notifier: Notifier }) {
    requireMainAccount(scope);
    const isPaused = await db.transaction(async (tx) => {
      tx.afterCommit(() => notifier.emit('pauses'));
      return insertPause(tx, { mainId: scope.mainId, url: input.url }, now);
    });
    if (!isPaused) throw new ApiError('conflict', `url: ${maxPausedOfAccount} URLs are paused already`);
    return { status: 200, body: { message: 'paused' } };
  },
});

export const resumeWebhookUrlEndpoint = defineEndpoint({
  summary: 'Resume the calls to a URL',
  description:
    'The calls that waited are made, with the attempts that they have left. The main account only.',
  extension: true,
  input: WebhookUrlInput,
  answers: { 200: ResumedBody },
  async handle({ db, scope, input, now }, { notifier }: { notifier: Notifier }) {
    requireMainAccount(scope);
    const calls = await db.transaction(async (tx) => {
      tx.afterCommit(() => {
        notifier.emit('pauses');
        notifier.emit('webhooks');
      });
      return endPause(tx, { mainId: scope.mainId, url: input.url }, now);
    });
    return { status: 200, body: { calls, message: 'resumed' } };
  },
});
