// Traces: what happens to a request and to its messages, as spans. The library is in `src/tracing/`, and loaded where tracing is on.

/** A span's place in its trace, as W3C Trace Context writes it: the headers that hand it on. */
export interface TraceContext {
  readonly traceparent: string;
  readonly tracestate?: string;
}

type SpanAttributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** A step that is under way. */
export interface Span {
  readonly context: TraceContext;
  /** Ends it; with a sentence where it failed. */
  end(attributes?: SpanAttributes, failure?: string): void;
}

/** The part of a step: a server's or a consumer's, which does it for others, a client's, which asks others, or neither. */
export type SpanKind = 'server' | 'client' | 'consumer' | 'internal';

export interface Tracer {
  /** Begins a step of a trace; of a new one without a parent, or with one that is no trace context. */
  start(name: string, kind: SpanKind, parent: TraceContext | undefined, attributes?: SpanAttributes): Span;
}
