// `node bench/catch-up.mjs [--numbers N --seconds N --engine NAME --profile DIR]`: how long callers wait while a server that was away catches up
// with one overdue message of each number; and how many lines it logs meanwhile.
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { makeReady } from '../scripts/ready.mjs';
import { load, loadMany, requestBytes } from './load.mjs';
import { readMetrics } from './queue-size.mjs';
import { benchCaller, call, startServer, withHome } from './server.mjs';
import { membersOf } from './traffic.mjs';

const { values } = parseArgs({
  options: {
    numbers: { type: 'string', default: '10000' },
    seconds: { type: 'string', default: '8' },
    /** Folder for a CPU profile of the server. */
    profile: { type: 'string' },
    engine: { type: 'string', default: process.env.DATABASE_URL === undefined ? 'embedded' : 'PostgreSQL' },
  },
});
const numbers = membersOf(Number(values.numbers));
const seconds = Number(values.seconds);
const { authorization, path } = benchCaller;

makeReady();
await withHome(values.engine, async (environment) => {
  await leaveOverdue({ ...environment, RUCKSACK_VIRTUAL_CLOCK: 'on' });
  const logged = [];
  const server = await startServer(environment, values.profile, (line) => logged.push(line));
  try {
    const page = requestBytes({ method: 'GET', path: `${path}/Powerpack/`, authorization });
    const startedAt = performance.now();
    const read = load({ url: server.url, connections: 4, seconds, nextRequest: () => page });
    let caughtUpMs;
    while (caughtUpMs === undefined && performance.now() - startedAt < seconds * 1000) {
      if ((await readSubmitted(server.url)) >= numbers.length) caughtUpMs = performance.now() - startedAt;
      else await new Promise((resolve) => setTimeout(resolve, 250));
    }
    const { perSecond, p50Ms, p99Ms, maxMs, byStatus } = await read;
    const figures = [
      `${perSecond.toFixed(0)} GET/s`,
      ...Object.entries({ p50: p50Ms, p99: p99Ms, max: maxMs }).map(
        ([name, ms]) => `${name} ${ms.toFixed(0)} ms`,
      ),
      `caught up after ${caughtUpMs === undefined ? 'more' : (caughtUpMs / 1000).toFixed(1)} s`,
      `${logged.length} lines logged`,
      JSON.stringify(byStatus),
    ];
    process.stdout.write(`${values.engine}: ${numbers.length} overdue: ${figures.join(', ')}\n`);
  } finally {
    await server.stop();
  }
});

/**
 * Returns how many messages this server has handed to the carrier. The number of queued messages would not do: it is counted seldom
 * while the database has much to do.
 */
async function readSubmitted(url) {
  const metrics = await call(url, 'GET', '/metrics');
  return Number(/^rucksack_submission_lateness_seconds_count (\S+)/m.exec(metrics)?.[1]);
}

/** Makes one message of each number overdue: of two that are accepted while the time stands still, the first goes. */
async function leaveOverdue(environment) {
  const server = await startServer(environment);
  try {
    await call(server.url, 'POST', 'Simulator/Clock/', { action: 'freeze' });
    for (let at = 0; at < numbers.length; at += 2000) {
      const some = numbers.slice(at, at + 2000).join(',');
      await call(server.url, 'POST', 'Number/', { numbers: some, carrier: 'bench', region: 'bench' });
    }
    let next = 0;
    const nextRequest = () => {
      const body = { src: numbers[next++ % numbers.length], dst: '12135550100<12135550101', text: 'late' };
      return requestBytes({ method: 'POST', path: `${path}/Message/`, authorization, body });
    };
    await loadMany({ url: server.url, connections: 64, count: numbers.length, status: 202, nextRequest });
    while ((await readMetrics(server.url)).queued > numbers.length)
      await new Promise((resolve) => setTimeout(resolve, 100));
  } finally {
    await server.stop();
  }
}
