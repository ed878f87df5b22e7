// The stream of an account's changes. An extension.
import { ApiError } from '../base/errors.ts';
import type { Timers } from '../base/timers.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import type { AccountWatchers } from './account-watchers.ts';
import { streamChanges } from './stream-changes.ts';
import { ChangeEvent, changeToWire, HelloEvent, ResetEvent } from './wire.ts';

/** Seconds after which another stream may have ended. */
const retryAfterSeconds = 5;

export const streamEventsEndpoint = defineEndpoint({
  summary: 'Watch what changes',
  description:
    'Server-sent events of a main account with its subaccounts, or of one subaccount. `hello` comes first. `change` names the kinds of things that have changed: request what you show of them again. `reset` means that changes may have been missed: request everything again; it follows `hello` whenever the header `Last-Event-ID` shows that the client had a stream before. There are at most four events a second, and a comment every 15 seconds. A stream ends after 15 minutes, when the server stops, and soon after its credentials (a new request is answered 401 then). In each process, the credentials of an account or subaccount may have 20 streams at a time, and a main account with its subaccounts 200. Where several processes share a database, more than 200 accounts that change within 250 milliseconds cause a `reset` for all.',
  extension: true,
  answers: { 200: { events: { hello: HelloEvent, change: ChangeEvent, reset: ResetEvent } } },
  async handle(
    { scope, lastEventId, isStillAuthorised },
    { watchers, realTimers }: { watchers: AccountWatchers; realTimers: Timers },
  ) {
    const watch = watchers.watch(scope);
    if (watch === undefined) {
      throw new ApiError('tooMany', 'too many streams of events', { 'Retry-After': `${retryAfterSeconds}` });
    }
    // Heartbeats are for the network, so they follow the real time, even with a virtual clock.
    const stream = streamChanges(watch, {
      timers: realTimers,
      toData: changeToWire,
      isResumed: lastEventId !== undefined,
      isStillAuthorised,
    });
    return { status: 200, stream };
  },
});
