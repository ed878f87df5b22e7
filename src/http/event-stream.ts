// Server-sent events: a response that goes on until either side ends it (WHATWG HTML, "Server-sent events").
import type { TObject } from 'typebox';

/** The destination of a stream's text. */
export interface EventSink {
  write(text: string): void;
  /** Ends the response. */
  end(): void;
}

/** Starts to write; returns a function to call once the response has ended, for any reason. */
export type EventStream = (sink: EventSink) => () => void;

/** The description of a stream: name of an event → schema of its data. */
export interface EventStreamSchema {
  readonly events: Readonly<Record<string, TObject>>;
}

/** The content type of a stream of events. */
export const eventStreamType = 'text/event-stream';

/** Returns an event as text. The parts must not contain a line break, which JSON never does. */
export function eventText(event: string, id: string | undefined, data: object): string {
  return `event: ${event}\n${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`;
}

/** Returns the text that tells a client how long to wait before it connects again. */
export const retryText = (retryMs: number): string => `retry: ${retryMs}\n\n`;

/** A comment: clients ignore it, and the connection is not silent. */
export const heartbeatText = ': still here\n\n';
