// How many messages go all the way: accepted, sender chosen, submitted, reported, and the customer's URL called.
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { root } from '../scripts/ready.mjs';
import { load } from './load.mjs';
import { measureInTurns, median, printRate } from './measure.mjs';
import { call, startProcess, startServer, withHome } from './server.mjs';
import { makeSender, makeTraffic } from './traffic.mjs';

/** How long nothing may move before we stop waiting for what is left. */
const stuckMs = 30_000;
const lookEveryMs = 50;

/** Measures from the first message to the last "delivered". Numbers have no pace, and each status is sent to a URL. */
export async function measureEndToEnd(engine, bareCase, { profileDir, ...how }) {
  const sink = await startProcess([join(root, 'bench', 'callback-sink.mjs')]);
  try {
    await withHome(engine, async (environment) => {
      const server = await startServer({ ...environment, RUCKSACK_PACING: 'unlimited' }, profileDir);
      try {
        const { uuid } = await makeSender(server.url);
        const nextRequest = makeTraffic(uuid, { url: `${sink.url}/status` });
        const [bare] = await measureInTurns(engine, [bareCase], { ...how, rounds: 1 });
        const rates = [];
        for (let round = 0; round < how.rounds; round++) {
          rates.push(await sendAndWait(server.url, sink.url, nextRequest, how));
        }
        printRate(engine, 'end to end, with callbacks', median(rates), bare.perSecond, []);
      } finally {
        await server.stop();
      }
    });
  } finally {
    await sink.stop();
  }
}

/** Sends for `seconds`, waits until the customer knows of every message; messages a second of all that time. */
async function sendAndWait(url, sinkUrl, nextRequest, { connections, seconds }) {
  const before = await deliveredAt(sinkUrl);
  const startedAt = performance.now();
  const { answers } = await load({ url, connections, seconds, status: 202, nextRequest });
  let last = { delivered: 0, at: performance.now() };
  while (last.delivered < answers) {
    await pause(lookEveryMs);
    const delivered = (await deliveredAt(sinkUrl)) - before;
    const now = performance.now();
    if (delivered > last.delivered) last = { delivered, at: now };
    else if (now - last.at > stuckMs)
      throw new Error(`only ${delivered} of ${answers} messages were reported`);
  }
  return answers / ((performance.now() - startedAt) / 1000);
}

const deliveredAt = async (sinkUrl) => Number(await call(sinkUrl, 'GET', '/delivered'));
