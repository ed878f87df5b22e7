// Tracing by OpenTelemetry: spans go to a collector by OTLP over HTTP, as the standard OTEL_ variables say.
import {
  defaultTextMapGetter,
  defaultTextMapSetter,
  SpanKind as Kind,
  ROOT_CONTEXT,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { type Timers, within } from '../base/timers.ts';
import type { SpanKind, TraceContext, Tracer } from '../base/tracer.ts';

const kinds: Readonly<Record<SpanKind, Kind>> = {
  server: Kind.SERVER,
  client: Kind.CLIENT,
  consumer: Kind.CONSUMER,
  internal: Kind.INTERNAL,
};

/** How long a stop waits for the collector to take the last spans. */
const lastSpansMs = 2000;

export interface Tracing {
  readonly tracer: Tracer;
  /** Hands over the spans that have ended, as far as the collector takes them in time. */
  stop(): Promise<void>;
}

/** Starts tracing. A collector that cannot be reached costs spans, and nothing else. */
export function startTracing(version: string, timers: Timers): Tracing {
  const own = resourceFromAttributes({ 'service.name': 'rucksack', 'service.version': version });
  const provider = new BasicTracerProvider({
    // OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES win.
    resource: defaultResource()
      .merge(own)
      .merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  });
  const tracer = provider.getTracer('rucksack', version);
  const propagator = new W3CTraceContextPropagator();
  return {
    tracer: {
      start(name, kind, parent, attributes = {}) {
        const from =
          parent === undefined
            ? ROOT_CONTEXT
            : propagator.extract(ROOT_CONTEXT, parent, defaultTextMapGetter);
        const span = tracer.startSpan(name, { kind: kinds[kind], attributes: { ...attributes } }, from);
        const carrier: Record<string, string> = {};
        propagator.inject(trace.setSpan(from, span), carrier, defaultTextMapSetter);
        return {
          context: carrier as unknown as TraceContext,
          end(outcome = {}, failure) {
            span.setAttributes({ ...outcome });
            if (failure !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: failure });
            span.end();
          },
        };
      },
    },
    async stop() {
      const shutdown = provider.shutdown().catch(() => undefined);
      await within(timers, lastSpansMs, shutdown, () => undefined);
    },
  };
}
