// Accepting messages without a server: the parts that it works with, and send requests in one line.
import assert from 'node:assert/strict';
import { readConfig } from '../../src/base/config.ts';
import { Notifier } from '../../src/events/notifier.ts';
import type { AcceptParts } from '../../src/messages/accept/accept-requests.ts';
import { defaultExpirySeconds, type SendRequest } from '../../src/messages/send-request.ts';
import { PoolCache } from '../../src/powerpacks/selection/pool-cache.ts';
import { parseE164 } from '../../src/telecom/e164.ts';
import { CallbackQueue } from '../../src/webhooks/callback-queue.ts';
import { repeatableBytes } from './app.ts';

/** Returns the parts of a process that accepts by these settings, with no pool in memory yet. */
export function acceptParts({ settings }: Pick<AcceptParts, 'settings'> = readConfig({})): AcceptParts {
  const notifier = new Notifier();
  return {
    settings,
    pools: new PoolCache(settings),
    notifier,
    callbacks: new CallbackQueue(notifier),
    randomBytes: repeatableBytes(27),
  };
}

/** Returns a send request of one text to so many people, the same ones each time. */
export function textTo(
  people: number,
  { accountId, from, ...fields }: Pick<SendRequest, 'accountId' | 'from'> & Partial<SendRequest>,
): SendRequest {
  return {
    accountId,
    subaccountId: undefined,
    from,
    destinations: Array.from(
      { length: people },
      (_, index) => parseE164(`1202${2_000_000 + index}`) ?? assert.fail(),
    ),
    service: 'sms',
    text: 'hello',
    media: [],
    callback: undefined,
    log: 'true',
    expirySeconds: defaultExpirySeconds,
    requesterIp: undefined,
    details: {},
    ...fields,
  };
}
