// Prometheus metrics.
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What waits in the database, for all processes together. */
export interface Backlog {
  /** Messages that are queued. */
  readonly messages: number;
  /** Calls to customers that are still to be made. */
  readonly webhooks: number;
}

export interface Metrics {
  countRequest(method: string, route: string, status: number, seconds: number): void;
  /** A message went to the carrier, so long after its appointment. */
  countSubmission(latenessMs: number): void;
  /** An attempt at a customer's URL ended. */
  countCall(kind: string, outcome: string, durationMs: number): void;
  /** The exposition text and its content type. */
  expose(): Promise<{ text: string; contentType: string }>;
}

/** Metrics of one process: its requests by route and status, what it dispatched, what waits, and Node's own. */
export function makeMetrics(readBacklog: () => Promise<Backlog>): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'rucksack_http_request_duration_seconds',
    help: 'Time that the server spent on a request once it had arrived, in seconds.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers,
  });
  const lateness = new Histogram({
    name: 'rucksack_submission_lateness_seconds',
    help: 'Time from the appointment of a message to its submission to the carrier, in seconds.',
    buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 60, 600],
    registers,
  });
  const calls = new Histogram({
    name: 'rucksack_webhook_duration_seconds',
    help: "Time that a call to a customer's URL took, in seconds.",
    labelNames: ['kind', 'outcome'],
    buckets: [0.01, 0.05, 0.1, 0.5, 1, 2, 4, 8],
    registers,
  });
  const queuedMessages = new Gauge({
    name: 'rucksack_queued_messages',
    help: 'Messages that are queued, in all processes together.',
    registers,
  });
  const pendingWebhooks = new Gauge({
    name: 'rucksack_pending_webhooks',
    help: 'Calls that are still to be made, in all processes together.',
    registers,
  });
  const failedScrapes = new Counter({
    name: 'rucksack_backlog_failures_total',
    help: 'How often the database did not say what waits in it.',
    registers,
  });
  return {
    countRequest: (method, route, status, seconds) =>
      requests.observe({ method, route, status: String(status) }, seconds),
    countSubmission: (latenessMs) => lateness.observe(latenessMs / 1000),
    countCall: (kind, outcome, durationMs) => calls.observe({ kind, outcome }, durationMs / 1000),
    async expose() {
      try {
        const backlog = await readBacklog();
        queuedMessages.set(backlog.messages);
        pendingWebhooks.set(backlog.webhooks);
      } catch {
        // The other metrics are wanted most when the database is away.
        failedScrapes.inc();
      }
      return { text: await registry.metrics(), contentType: registry.contentType };
    },
  };
}
