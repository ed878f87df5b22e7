// Read by the server of a soak before its own program: tells over a socket what lives in its memory, after a garbage collection.
import { EventEmitter } from 'node:events';
import { createServer } from 'node:http';
import { Session } from 'node:inspector';
import { isMainThread } from 'node:worker_threads';
import type { Sample } from './judge-soak.ts';

/** The setting that names the socket. */
export const socketVariable = 'SOAK_SOCKET';

/** The part of a sample that only the server itself can tell. */
export type OwnSample = Pick<Sample, 'heapBytes' | 'timers' | 'listeners' | 'handles'>;

// Objects are found in the heap by their prototype: timers that keep no process alive are told by nothing else.
Object.assign(globalThis, {
  soakedTimer: Object.getPrototypeOf(setTimeout(() => {}, 0)),
  soakedEmitter: EventEmitter.prototype,
});

/** Takes a sample, synchronously. */
function takeSample(): OwnSample {
  const session = new Session();
  session.connect();
  try {
    const timers = countObjects(session, 'soakedTimer', sizeOf);
    const listeners = countObjects(session, 'soakedEmitter', countListeners);
    session.post('Runtime.releaseObjectGroup', { objectGroup });
    session.post('HeapProfiler.collectGarbage');
    const { heapUsed } = process.memoryUsage();
    return { heapBytes: heapUsed, timers, listeners, handles: process.getActiveResourcesInfo().length };
  } finally {
    session.disconnect();
  }
}

const objectGroup = 'soak';

/** Returns what `count` makes of all objects with a prototype. */
function countObjects(session: Session, prototype: string, count: (this: EventEmitter[]) => number): number {
  const { result } = ask<{ result: ObjectInHeap }>(session, 'Runtime.evaluate', {
    expression: prototype,
    objectGroup,
  });
  const { objects } = ask<{ objects: ObjectInHeap }>(session, 'Runtime.queryObjects', {
    prototypeObjectId: result.objectId,
    objectGroup,
  });
  const answer = ask<{ result: { readonly value: number } }>(session, 'Runtime.callFunctionOn', {
    objectId: objects.objectId,
    functionDeclaration: count.toString(),
    returnByValue: true,
  });
  return answer.result.value;
}

interface ObjectInHeap {
  readonly objectId: string;
}

/** Asks the inspector of this thread, which answers at once. */
function ask<Answer>(session: Session, method: string, parameters: object): Answer {
  let answer: Answer | undefined;
  session.post(method, parameters, (error, result) => {
    if (error !== null) throw error;
    answer = result as Answer;
  });
  if (answer === undefined) throw new Error(`the inspector did not answer ${method}`);
  return answer;
}

function sizeOf(this: EventEmitter[]): number {
  return this.length;
}

function countListeners(this: EventEmitter[]): number {
  let listeners = 0;
  for (const emitter of this) {
    // Prototypes are among them.
    if (!Object.hasOwn(emitter, '_events')) continue;
    for (const name of emitter.eventNames()) listeners += emitter.listenerCount(name);
  }
  return listeners;
}

const path = process.env[socketVariable];
// The embedded database has a thread of its own, which reads this file too.
if (path !== undefined && isMainThread) {
  createServer((_request, response) =>
    response.setHeader('connection', 'close').end(JSON.stringify(takeSample())),
  )
    .listen(path)
    .unref();
}
