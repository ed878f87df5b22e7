// `npm run bench:million [-- --messages 1000000 --engine PostgreSQL]`: accepts that many, then sends them all; memory on the way.
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { makeReady } from '../scripts/ready.mjs';
import { loadMany } from './load.mjs';
import { megabytes, readMetrics, residentBytes } from './queue-size.mjs';
import { startServer, withHome } from './server.mjs';
import { makeSender, makeTraffic } from './traffic.mjs';

const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '1000000' },
    engine: { type: 'string', default: process.env.DATABASE_URL === undefined ? 'embedded' : 'PostgreSQL' },
  },
});
const messages = Number(values.messages);
const connections = 64;
const printEveryMs = 10_000;

makeReady();
await withHome(values.engine, async (environment) => {
  const server = await startServer({ ...environment, RUCKSACK_PACING: 'unlimited' });
  let accepted = 0;
  let peakBytes = 0;
  const startedAt = performance.now();
  const seconds = () => ((performance.now() - startedAt) / 1000).toFixed(0);
  const print = async () => {
    const rss = await residentBytes(server.pid);
    peakBytes = Math.max(peakBytes, rss);
    const { queued: waiting } = await readMetrics(server.url);
    process.stdout.write(
      `${seconds().padStart(6)} s  accepted ${accepted}  queued ${waiting}  memory ${megabytes(rss)} MB\n`,
    );
    return waiting;
  };
  const timer = setInterval(() => void print().catch(() => {}), printEveryMs);
  try {
    const { uuid } = await makeSender(server.url);
    const traffic = makeTraffic(uuid);
    const nextRequest = () => {
      accepted += 1;
      return traffic();
    };
    await loadMany({ url: server.url, connections, count: messages, status: 202, nextRequest });
    const acceptedAfter = seconds();
    while ((await print()) > 0) await pause(printEveryMs);
    process.stdout.write(
      `${values.engine}: ${messages} accepted in ${acceptedAfter} s, sent after ${seconds()} s, at most ${megabytes(peakBytes)} MB\n`,
    );
  } finally {
    clearInterval(timer);
    await server.stop();
  }
});
