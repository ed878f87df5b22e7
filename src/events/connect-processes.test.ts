// Connecting processes: how often a process looks for work without a wake-up: seldom only where no other process can leave any.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemTimers } from '../base/timers.ts';
import { type ConnectedProcesses, connectProcesses } from './connect-processes.ts';

/** A server that is not there: the process goes on trying to reach it. */
const databaseUrl = 'postgres://127.0.0.1:1/none';

for (const { what, parts, lookEveryMs } of [
  {
    what: 'the only process, on the embedded database',
    parts: { databaseUrl: undefined, sharing: 'sessions' as const },
    lookEveryMs: 5000,
  },
  {
    what: 'a process among others that notify it',
    parts: { databaseUrl, sharing: 'sessions' as const },
    lookEveryMs: 1000,
  },
  {
    what: 'a process behind a pooler that passes no notifications on',
    parts: { databaseUrl, sharing: 'transactions' as const },
    lookEveryMs: 1000,
  },
]) {
  test(`${what} looks every ${lookEveryMs / 1000} s`, async () => {
    const processes: ConnectedProcesses = connectProcesses({
      databaseUrl: parts.databaseUrl,
      databaseListenUrl: undefined,
      db: { sharing: parts.sharing },
      readLagMs: 0,
      timers: systemTimers,
      onWarning: () => undefined,
    });
    assert.equal(processes.notifier.lookEveryMs, lookEveryMs);
    await processes.close();
  });
}
