// Connects the notifier and the watchers of this process with the other processes that share its PostgreSQL.
import type { Timers } from '../base/timers.ts';
import type { Db } from '../db/db.ts';
import { Notifications } from '../db/notifications.ts';
import { AccountWatchers } from './account-watchers.ts';
import { isTopic, Notifier } from './notifier.ts';
import { makeSendChange, readChanges } from './shared-changes.ts';

/** How often watchers are notified that anything may have changed, where other processes cannot send notifications. */
const resetEveryMs = 5000;

interface ProcessParts {
  /** `undefined` for the embedded database. */
  readonly databaseUrl: string | undefined;
  /** The same server without a pooler; `undefined` when it is not set. */
  readonly databaseListenUrl: string | undefined;
  readonly db: Pick<Db, 'sharing'>;
  /** How old the answers to reads may be; 0 without a read replica. */
  readonly readLagMs: number;
  /** Timers of the real time. */
  readonly timers: Timers;
  /** Called with a warning for the operator. */
  readonly onWarning: (message: string, error?: unknown) => void;
}

export interface ConnectedProcesses {
  readonly notifier: Notifier;
  readonly watchers: AccountWatchers;
  close(): Promise<void>;
}

/** Makes the notifier and the watchers, connected with the other processes as far as the database allows. */
export function connectProcesses(parts: ProcessParts): ConnectedProcesses {
  const { databaseUrl, databaseListenUrl, db, readLagMs, timers, onWarning } = parts;
  const isPooled = db.sharing === 'transactions';
  const listenUrl = databaseListenUrl ?? (isPooled ? undefined : databaseUrl);
  if (listenUrl !== undefined) return connectBy(listenUrl, parts);

  const notifier = new Notifier(undefined, !isPooled);
  const watchers = new AccountWatchers(notifier, timers, readLagMs);
  if (!isPooled) return { notifier, watchers, close: async () => {} };
  onWarning(
    'the pooler of DATABASE_URL does not pass notifications on: changes by other processes are noticed within seconds; set DATABASE_LISTEN_URL to the server itself',
  );
  const stop = repeat(timers, () => watchers.recordAnything());
  return { notifier, watchers, close: async () => stop() };
}

function connectBy(listenUrl: string, { readLagMs, timers, onWarning }: ProcessParts): ConnectedProcesses {
  const notify = (text: string) => notifications.notify(text);
  const notifier = new Notifier({ emit: notify, announce: makeSendChange(timers, notify) });
  const watchers = new AccountWatchers(notifier, timers, readLagMs);
  const notifications: Notifications = new Notifications({
    databaseUrl: listenUrl,
    timers,
    onWakeUp(text) {
      if (isTopic(text)) return notifier.emitHere(text);
      const changes = readChanges(text);
      if (changes === 'anything') return watchers.recordAnything();
      for (const change of changes ?? []) notifier.announceHere(change);
    },
    onListening: () => watchers.recordAnything(),
    onProblem: (error) => onWarning('notifications of other processes are missed for now', error),
  });
  return { notifier, watchers, close: () => notifications.close() };
}

/** Calls `run` every few seconds, until the returned function is called. */
function repeat(timers: Timers, run: () => void): () => void {
  let cancel = () => {};
  const wait = () => {
    cancel = timers.at(new Date(timers.now().getTime() + resetEveryMs), () => {
      run();
      wait();
    });
  };
  wait();
  return () => cancel();
}
