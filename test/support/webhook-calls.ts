// Calls to customers in the queue, each to the host that a test names.

import { uuidv7 } from '../../src/base/id.ts';
import type { Db } from '../../src/db/db.ts';
import { Notifier } from '../../src/events/notifier.ts';
import { CallbackQueue } from '../../src/webhooks/callback-queue.ts';
import { repeatableBytes, testStart } from './app.ts';

const randomBytes = repeatableBytes(8);
const newId = () => uuidv7(testStart, randomBytes);

/** Stores a queued webhook of an account for each host, as often as it is named, due at a time. */
export async function enqueueCalls(
  db: Db,
  hosts: readonly string[],
  dueAt: Date,
  account = 'MA',
): Promise<void> {
  const calls = hosts.map((host) => ({
    id: newId(),
    accountId: account,
    mainId: account,
    messageId: newId(),
    kind: 'status' as const,
    url: `http://${host}/cb`,
    method: 'POST' as const,
    parameters: [],
    isPrivate: false,
  }));
  await db.transaction(async (tx) => new CallbackQueue(new Notifier()).add(tx, calls, dueAt));
}
