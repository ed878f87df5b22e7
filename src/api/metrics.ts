// Prometheus metrics.
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';

export interface Metrics {
  countRequest(method: string, route: string, status: number, seconds: number): void;
  /** The exposition text and its content type. */
  expose(): Promise<{ text: string; contentType: string }>;
}

/** Metrics of one process: its requests by route and status, and Node's own. */
export function makeMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'rucksack_http_request_duration_seconds',
    help: 'Time that the server spent on a request once it had arrived, in seconds.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  });
  return {
    countRequest: (method, route, status, seconds) =>
      requests.observe({ method, route, status: String(status) }, seconds),
    expose: async () => ({ text: await registry.metrics(), contentType: registry.contentType }),
  };
}
