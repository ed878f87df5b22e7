// The whole life of messages: sent for a while, then waited for until the last one has come to its end.
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { load } from './load.mjs';
import { call } from './server.mjs';

/** Turns that do not count: the first ten thousand messages pay for compiling, which Kannel never does. */
export const warmUps = 3;
/** How long nothing may move before we stop waiting for what is left. */
const stuckMs = 30_000;
const lookEveryMs = 20;

/**
 * Sends to a server, or to each of `urls` over its part of the connections, for `seconds`, and waits until `readDone`, which counts
 * ends, has counted every message. Returns how many there were, and how many a second in all that time.
 */
export async function sendAndWait(
  { url, urls = [url], status = 202, nextRequest, readDone },
  { connections, seconds },
) {
  const before = await readDone();
  const startedAt = performance.now();
  const each = { connections: Math.ceil(connections / urls.length), seconds, status, nextRequest };
  const loads = await Promise.all(urls.map((one) => load({ url: one, ...each })));
  const answers = loads.reduce((sum, one) => sum + one.answers, 0);
  let last = { done: 0, at: performance.now() };
  while (last.done < answers) {
    await pause(lookEveryMs);
    const done = (await readDone()) - before;
    const now = performance.now();
    if (done > last.done) last = { done, at: now };
    else if (now - last.at > stuckMs)
      throw new Error(`only ${done} of ${answers} messages came to their end`);
  }
  return { answers, perSecond: answers / ((performance.now() - startedAt) / 1000) };
}

/** Returns how many messages the customer's server knows to be delivered. */
export const readDelivered = async (sinkUrl) => Number(await call(sinkUrl, 'GET', '/delivered'));

/** Returns how many messages the server has handed to its carrier. */
export async function readSubmitted(url) {
  const metrics = await call(url, 'GET', '/metrics');
  return Number(/^rucksack_submission_lateness_seconds_count (\S+)/m.exec(metrics)?.[1]);
}
