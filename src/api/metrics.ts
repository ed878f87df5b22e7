// Prometheus metrics.
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Clock } from '../base/clock.ts';
import { type Timers, within } from '../base/timers.ts';
import type { ReadReplica } from '../db/replica/read-replica.ts';
import { addCarrierMetrics, type MeasuredCarrier } from './carrier-metrics.ts';
import { addReplicaMetrics } from './replica-metrics.ts';

/** The event loop's lag is sampled this often. The standard 10 ms wake an idle server a hundred times a second, a third of all that it then does. */
const lagSampleMs = 50;

/** The backlog in the database, of all processes together. */
interface Backlog {
  /** Messages in sender queues. */
  readonly messages: number;
  /** Webhooks that are still to be sent. */
  readonly webhooks: number;
}

export interface Metrics {
  countRequest(method: string, route: string, status: number, seconds: number): void;
  /** Counts a submission, and how long after its send slot it was. */
  countSubmission(latenessMs: number): void;
  /** Counts an attempt to send a webhook. */
  countCall(kind: string, outcome: string, durationMs: number): void;
  /** Counts a delivery report of a carrier. */
  countReport(carrier: string, result: string): void;
  /** Counts requests that the log of requests has not. */
  countUnlogged(requests: number): void;
  /** Adds the carriers of this process; `carriers` returns those that run at the moment. Called once. */
  measureCarriers(carriers: () => Iterable<MeasuredCarrier>): void;
  /** Adds the replica that this process reads from. Called once. */
  measureReplica(replica: Pick<ReadReplica, 'state' | 'counts'>): void;
  /** Returns the text for Prometheus and its content type. */
  expose(): Promise<{ text: string; contentType: string }>;
}

/**
 * A count is shown for so many times the duration of counting: counting takes longer the larger the backlog is, and any client
 * of the port may ask any number of times. A count that is slow because the database is busy is shown for no longer than two
 * seconds, or a shrinking queue would seem to stand still. One that takes longer than that is shown for as long as it took.
 */
const shownTimes = 20;
const longestShownMs = 2000;

/** Returns a function that counts that seldom, and once for all requests at the same time. A failed count is repeated. */
function readSeldom<Value>(read: () => Promise<Value>, now: Clock): () => Promise<Value> {
  let shown: Promise<Value> | undefined;
  let shownUntilMs = 0;
  return () => {
    const startMs = now().getTime();
    if (shown !== undefined && startMs < shownUntilMs) return shown;
    shown = read();
    shownUntilMs = Number.POSITIVE_INFINITY;
    shown.then(
      () => {
        const endMs = now().getTime();
        const tookMs = endMs - startMs;
        shownUntilMs = endMs + Math.max(tookMs, Math.min(tookMs * shownTimes, longestShownMs));
      },
      () => {
        shownUntilMs = 0;
      },
    );
    return shown;
  };
}

/** How long an exposition waits for the backlog: half of what Prometheus waits, or a silent database would look like a process that is down. */
const backlogWaitMs = 5000;

/**
 * Makes the metrics of one process: its requests by route and status, its submissions and webhooks, the backlog, and Node's
 * own.
 * @param timers on the real time, to measure how long counting takes.
 */
export function makeMetrics(readBacklog: () => Promise<Backlog>, timers: Timers): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: lagSampleMs });
  const requests = new Histogram({
    name: 'rucksack_http_request_duration_seconds',
    help: 'Time that the server spent on a request once it had arrived, in seconds.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers,
  });
  const lateness = new Histogram({
    name: 'rucksack_submission_lateness_seconds',
    help: 'Time from the send slot of a message to its submission to the carrier, in seconds.',
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
  const reports = new Counter({
    name: 'rucksack_delivery_reports_total',
    help: 'Delivery reports by carrier: matched with their message, waiting for it, matched late, or dropped without one.',
    labelNames: ['carrier', 'result'],
    registers,
  });
  const unlogged = new Counter({
    name: 'rucksack_unlogged_requests_total',
    help: 'Requests that are not in the log of requests, because there were too many or the database was away.',
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
  const recentBacklog = readSeldom(readBacklog, timers.now);
  return {
    countRequest: (method, route, status, seconds) =>
      requests.observe({ method, route, status: String(status) }, seconds),
    countSubmission: (latenessMs) => lateness.observe(latenessMs / 1000),
    countCall: (kind, outcome, durationMs) => calls.observe({ kind, outcome }, durationMs / 1000),
    countReport: (carrier, result) => reports.inc({ carrier, result }),
    countUnlogged: (requests) => unlogged.inc(requests),
    measureCarriers: (carriers) => addCarrierMetrics(registry, carriers),
    measureReplica: (replica) => addReplicaMetrics(registry, replica),
    async expose() {
      // The other metrics are needed most when the database is away.
      const known = recentBacklog().catch(() => undefined);
      const backlog = await within(timers, backlogWaitMs, known, () => undefined);
      if (backlog === undefined) {
        failedScrapes.inc();
      } else {
        queuedMessages.set(backlog.messages);
        pendingWebhooks.set(backlog.webhooks);
      }
      return { text: await registry.metrics(), contentType: registry.contentType };
    },
  };
}
