// Server-sent events: an answer that goes on until either side ends it (WHATWG HTML, "Server-sent events").
import type { TObject } from 'typebox';

/** Where the text of a stream goes. */
export interface EventSink {
  write(text: string): void;
  /** Ends the answer. */
  end(): void;
}

/** Begins to write; the function that it answers is called once the answer has ended, whoever ended it. */
export type EventStream = (sink: EventSink) => () => void;

/** How a stream is described: name of an event → schema of its data. */
export interface EventStreamSchema {
  readonly events: Readonly<Record<string, TObject>>;
}

/** The content type of a stream of events. */
export const eventStreamType = 'text/event-stream';

/** An event as it is written. None of the parts may hold a line break, which JSON never does. */
export function eventText(event: string, id: string | undefined, data: object): string {
  return `event: ${event}\n${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`;
}

/** How long a client waits before it connects again. */
export const retryText = (retryMs: number): string => `retry: ${retryMs}\n\n`;

/** A comment: nothing to whoever listens, but something on the line. */
export const heartbeatText = ': still here\n\n';
