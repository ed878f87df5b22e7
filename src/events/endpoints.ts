// The stream of what changes in an account. An extension.
import { ApiError } from '../base/errors.ts';
import type { Timers } from '../base/timers.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import type { ChangeLogs } from './change-logs.ts';
import { streamChanges } from './stream-changes.ts';
import { ChangeEvent, changesToWire, HelloEvent, ResetEvent } from './wire.ts';

/** Seconds after which a place may be free again. */
const retryAfterSeconds = 5;

export const streamEventsEndpoint = defineEndpoint({
  summary: 'Watch what changes',
  description:
    'Server-sent events, of a main account with its subaccounts or of one subaccount. They are hints: who is told `change` asks for what it shows. First comes `hello`, then at most four events a second, and a comment every 15 seconds. With the header `Last-Event-ID` what was missed comes at once; where that is not known any more, or the server is another process, `reset` comes instead: fetch everything again. A stream ends after 15 minutes, when the server stops, and soon after its credentials do (who then asks again is answered 401). The credentials of each account and each subaccount may have 20 at a time, a main account with its subaccounts 200, in each process. Where several processes share a database, what another one did is told without `message_uuids`, and only when more than 200 accounts change within 250 milliseconds may somebody be told of a change that was none of theirs.',
  extension: true,
  answers: { 200: { events: { hello: HelloEvent, change: ChangeEvent, reset: ResetEvent } } },
  async handle(
    { scope, lastEventId, isStillAuthorised },
    { changeLogs, realTimers }: { changeLogs: ChangeLogs; realTimers: Timers },
  ) {
    const watch = changeLogs.watch(scope, lastEventId);
    if (watch === undefined) {
      throw new ApiError('tooMany', 'too many streams of events', { 'Retry-After': `${retryAfterSeconds}` });
    }
    // Heartbeats are for the network, and go by the real time, however the server's own is turned.
    const parts = { timers: realTimers, toData: changesToWire, isStillAuthorised };
    return { status: 200, stream: streamChanges(watch, parts) };
  },
});
