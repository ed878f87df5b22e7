// `npm run bench:smpp [-- --seconds N --rounds N]`: how fast one bind hands messages over, without a database, by its window; and the client's CPU
// time. In turns with node-smpp's client where `npm install --prefix .scratch/bench smpp@0.5.1` has installed it.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeReady, root } from '../scripts/ready.mjs';
import { median } from './measure.mjs';

const windows = [1, 10, 100];
const text = 'A message of fifty-five characters, as most of them are';

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '4' }, rounds: { type: 'string', default: '3' } },
});
const seconds = Number(values.seconds);
const rounds = Number(values.rounds);
if (!(seconds > 0 && rounds > 0)) {
  process.stderr.write('usage: npm run bench:smpp -- [--seconds 4] [--rounds 3]\n');
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
const nodeSmpp = findNodeSmpp();
const clients = { ours: connectOurs, ...(nodeSmpp === undefined ? {} : { 'node-smpp': connectNodeSmpp }) };
for (const window of windows) {
  const runs = Object.fromEntries(Object.keys(clients).map((name) => [name, []]));
  // The first round does not count: it compiles.
  for (let round = 0; round <= rounds; round++) {
    for (const [name, connect] of Object.entries(clients)) {
      const run = await measure(connect, window);
      if (round > 0) runs[name].push(run);
    }
  }
  const medians = Object.entries(runs).map(([name, some]) => ({
    name,
    rate: median(some.map(({ rate }) => rate)),
    cpuUs: median(some.map(({ cpuUs }) => cpuUs)),
  }));
  const load = loadavg()[0].toFixed(1);
  for (const { name, rate, cpuUs } of medians) {
    process.stdout.write(
      `window ${window}, ${name}: ${Math.round(rate)} messages a second, ${cpuUs.toFixed(1)} µs CPU each, load ${load}\n`,
    );
  }
  const [own, other] = medians;
  if (other !== undefined) {
    const ratios = [own.rate / other.rate, other.cpuUs / own.cpuUs].map((ratio) => ratio.toFixed(1));
    process.stdout.write(
      `  ${ratios[0]} times the rate of ${other.name}; that needs ${ratios[1]} times the CPU time\n`,
    );
  }
}
sink.disconnect();

/** Returns the library, where it is installed beside the project. */
function findNodeSmpp() {
  try {
    return createRequire(join(root, '.scratch', 'bench', 'package.json'))('smpp');
  } catch (error) {
    if (error.code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

/** Sends with a full window for the time, and returns the rate and the CPU time of this process per message. */
async function measure(connect, window) {
  const { send, close } = await connect(window);
  let taken = 0;
  const end = performance.now() + seconds * 1000;
  const submit = async () => {
    while (performance.now() < end) {
      await send();
      taken += 1;
    }
  };
  const cpu = process.cpuUsage();
  await Promise.all(Array.from({ length: window }, submit));
  const { user, system } = process.cpuUsage(cpu);
  await close();
  return { rate: taken / seconds, cpuUs: (user + system) / taken };
}

/** Connects our carrier, which keeps to its window. */
async function connectOurs(window) {
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
  const submission = sampleSubmission({ text });
  return { send: () => carrier.submit(submission), close: () => carrier.stop() };
}

/** Connects the bare session of node-smpp, which has no window of its own. */
async function connectNodeSmpp() {
  const session = nodeSmpp.connect({ url: `smpp://127.0.0.1:${port}` });
  const answer = (ask) => new Promise((resolve) => ask(resolve));
  const bound = await answer((done) =>
    session.bind_transceiver({ system_id: 'bench', password: 'bench' }, done),
  );
  if (bound.command_status !== 0) throw new Error(`the bind was answered ${bound.command_status}`);
  const message = {
    source_addr_ton: 1,
    source_addr_npi: 1,
    source_addr: '14155550100',
    dest_addr_ton: 1,
    dest_addr_npi: 1,
    destination_addr: '14155550199',
    registered_delivery: 1,
    short_message: text,
  };
  return {
    send: () => answer((done) => session.submit_sm(message, done)),
    close: () => answer((done) => session.close(done)),
  };
}
