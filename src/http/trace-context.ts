// The W3C trace context of a request. Pure.
import type { IncomingHttpHeaders } from 'node:http';
import type { TraceContext } from '../base/tracer.ts';

/** Returns the context that a client has sent, unchecked; undefined without one. */
export function readTraceContext({ traceparent, tracestate }: IncomingHttpHeaders): TraceContext | undefined {
  if (typeof traceparent !== 'string') return undefined;
  return typeof tracestate === 'string' ? { traceparent, tracestate } : { traceparent };
}
