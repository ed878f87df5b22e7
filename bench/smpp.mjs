// `npm run bench:smpp [-- --seconds N]`: how fast one bind hands messages over, without a database, by its window; and the client's CPU time.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeReady, root } from '../scripts/ready.mjs';

const windows = [1, 10, 100];

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '4' } } });
const seconds = Number(values.seconds);
if (!(seconds > 0)) {
  process.stderr.write('usage: npm run bench:smpp -- [--seconds 4]\n');
  process.exit(2);
}

makeReady();
const { systemTimers } = await import('../dist/src/base/timers.js');
const { systemRandomBytes } = await import('../dist/src/base/id.js');
const { makeLogger } = await import('../dist/src/base/logger.js');
const { makeConnect } = await import('../dist/src/carriers/smpp/connect.js');
const { SmppCarrier } = await import('../dist/src/carriers/smpp/smpp-carrier.js');
const { allBinds, MemoryMarks } = await import('../dist/test/support/smpp-carrier.js');
const { sampleSmppConfig } = await import('../dist/test/support/smpp-samples.js');
const { sampleSubmission } = await import('../dist/test/support/submissions.js');
const { until } = await import('../dist/test/support/until.js');

const sink = fork(join(root, 'bench', 'smpp-sink.mjs'));
const [port] = await once(sink, 'message');
for (const window of windows) {
  const { rate, cpuMicroseconds } = await measure(window);
  const load = loadavg()[0].toFixed(1);
  process.stdout.write(
    `window ${window}: ${Math.round(rate)} messages a second, ${cpuMicroseconds.toFixed(1)} µs CPU each, load ${load}\n`,
  );
}
sink.disconnect();

/** Sends with a full window for the time, and returns the rate and the CPU time of this process per message. */
async function measure(window) {
  const config = sampleSmppConfig({ hosts: [`127.0.0.1:${port}`], window });
  const carrier = new SmppCarrier(config, {
    timers: systemTimers,
    logger: makeLogger('silent'),
    randomBytes: systemRandomBytes,
    connect: makeConnect(config, systemTimers),
    leases: allBinds,
    marks: new MemoryMarks(),
  });
  await carrier.start({
    report: async () => {},
    receive: async () => undefined,
    taken: async () => {},
    room() {},
  });
  await until(() => carrier.status().state === 'up');
  const submission = sampleSubmission({ text: 'A message of fifty-five characters, as most of them are' });
  let taken = 0;
  const end = performance.now() + seconds * 1000;
  const submit = async () => {
    while (performance.now() < end) {
      await carrier.submit(submission);
      taken += 1;
    }
  };
  const cpu = process.cpuUsage();
  await Promise.all(Array.from({ length: window }, submit));
  const { user, system } = process.cpuUsage(cpu);
  await carrier.stop();
  return { rate: taken / seconds, cpuMicroseconds: (user + system) / taken };
}
