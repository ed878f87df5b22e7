// The pages at which HTTP carriers report on messages and bring those of handsets.
import type { FailureLimit } from '../accounts/limit-failures.ts';
import type { Logger } from '../base/logger.ts';
import type { Carrier } from '../carriers/carrier.ts';
import { HttpCarrier } from '../carriers/http/http-carrier.ts';
import type { IncomingWebhook, PageAnswer, WebhookPage } from './pages.ts';

interface CarrierWebhookParts {
  /**
   * Returns a carrier that runs in this process.
   * @throws NotNow where carriers do not run, or not yet: a carrier calls again, and perhaps another process.
   */
  readonly carrierOf: (name: string) => Carrier | undefined;
  readonly failureLimit: FailureLimit;
  readonly logger: Pick<Logger, 'warn'>;
}

/** Largest webhook that is read. */
const bodyLimitBytes = 256 * 1024;

/**
 * Makes the pages `/carrier/{name}/{secret}/report/{reference}` and `/carrier/{name}/{secret}/inbound`. A webhook is answered with 2xx once
 * all that it says is durable, and with 503 while the database is away: some carriers do not repeat what was refused otherwise.
 */
export function carrierWebhookPages(parts: CarrierWebhookParts): WebhookPage[] {
  const page = (path: string, kind: 'report' | 'inbound'): WebhookPage => ({
    path: `/carrier/:name/:secret/${path}`,
    bodyLimitBytes,
    answer: (segments, webhook) => answerWebhook(parts, kind, segments, webhook),
  });
  return [page('report', 'report'), page('report/:reference', 'report'), page('inbound', 'inbound')];
}

async function answerWebhook(
  { carrierOf, failureLimit, logger }: CarrierWebhookParts,
  kind: 'report' | 'inbound',
  { name = '', secret: pathSecret = '', reference }: Parameters<WebhookPage['answer']>[0],
  webhook: IncomingWebhook,
): Promise<PageAnswer> {
  const carrier = carrierOf(name);
  const outcome =
    carrier instanceof HttpCarrier
      ? await carrier.takeWebhook({ kind, pathSecret, reference, ...webhook })
      : ({ refusal: 'name' } as const);
  if ('mistake' in outcome) {
    logger.warn({ carrier: name, reason: outcome.mistake }, 'a webhook of a carrier cannot be read');
    return json(400, outcome.mistake);
  }
  if (!('refusal' in outcome)) {
    const { status, contentType, body } = outcome;
    return { status, headers: { 'content-type': contentType }, body };
  }
  logger.warn({ carrier: name, reason: outcome.refusal, address: webhook.address }, 'a webhook was refused');
  const waitMs = await failureLimit.count(webhook.address);
  if (waitMs === undefined) return json(403, 'forbidden');
  return json(429, 'too many refused webhooks', { 'retry-after': String(Math.ceil(waitMs / 1000)) });
}

const json = (status: number, error: string, headers: PageAnswer['headers'] = {}): PageAnswer => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify({ error }),
});
