// How many messages go out over SMPP (carriers.md section 6.4, 32): to the submission, to "delivered" with callbacks, and receipts alone into the
// database; in turns with Kannel and Jasmin over SMPP where they are installed.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { root } from '../scripts/ready.mjs';
import { cpuOf } from './costs.mjs';
import { makeJasminTraffic, startJasmin } from './jasmin.mjs';
import { hasKannel, makeKannelTraffic, smppOf, startKannel } from './kannel.mjs';
import { median } from './measure.mjs';
import { call, startProcess, startServer, withHome } from './server.mjs';
import { makeSender, makeTraffic } from './traffic.mjs';
import { readDelivered, sendAndWait, warmUps } from './whole-life.mjs';

/** Messages that may be unanswered; Kannel is quickest with ten. */
const windowOfOurs = 100;
const windowOfKannel = 10;
const lookEveryMs = 20;

/** Measures a pool of 400 numbers without a pace, one bind; prints a line for each case, with the CPU time of the processes and the load of the machine. */
export async function measureOverSmpp(engine, _bareCase, { profileDir, ...how }) {
  const started = [];
  const start = async (starting) => {
    const process = await starting;
    started.push(process);
    return process;
  };
  const folder = await mkdtemp(join(tmpdir(), 'rucksack-bench-smpp-'));
  try {
    const sink = await start(startProcess([join(root, 'bench', 'callback-sink.mjs')]));
    const ours = await start(startSmsc());
    const others = [...(await startKannelCase(start)), ...(await startJasminCase(start))];
    await withHome(engine, async (environment) => {
      const RUCKSACK_CARRIERS = await writeCarrier(folder, ours.port);
      const settings = { ...environment, RUCKSACK_CARRIERS, RUCKSACK_PACING: 'unlimited' };
      const server = await startServer(settings, profileDir);
      try {
        const { uuid } = await makeSender(server.url);
        const toSubmission = {
          name: 'over SMPP, to the submission',
          url: server.url,
          nextRequest: makeTraffic(uuid),
          readDone: ours.readTaken,
          receipts: 'none',
          smsc: ours,
          pids: [server.pid],
        };
        const toDelivery = {
          ...toSubmission,
          name: 'over SMPP, with receipts and callbacks',
          nextRequest: makeTraffic(uuid, { url: `${sink.url}/status` }),
          readDone: () => readDelivered(sink.url),
          receipts: 'now',
        };
        const cases = [toSubmission, toDelivery, ...others];
        for (const one of cases) Object.assign(one, { rates: [], costs: [] });
        for (let round = -warmUps; round < how.rounds; round++) {
          for (const one of cases) await measure(one, how, round >= 0);
        }
        for (const { name, rates, costs } of cases) print(engine, name, median(rates), median(costs));
        printRatio('receipts and callbacks beside the submission alone', toDelivery, toSubmission);
        for (const other of others) printRatio(`the submission beside ${other.name}`, toSubmission, other);
        const receipts = [];
        for (let round = 0; round < how.rounds; round++)
          receipts.push(await measureReceipts(server, ours, makeTraffic(uuid), how));
        print(
          engine,
          'receipts alone into the database',
          median(receipts.map(({ rate }) => rate)),
          median(receipts.map(({ cost }) => cost)),
        );
      } finally {
        await server.stop();
      }
    });
  } finally {
    for (const process of started.reverse()) await process.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Returns Kannel's case, in front of an SMSC of its own; none where it is not installed. */
async function startKannelCase(start) {
  if (!hasKannel()) return [];
  const smsc = await start(startSmsc());
  const kannel = await start(startKannel(smppOf(smsc.port, windowOfKannel)));
  const pids = Object.values(kannel.pids);
  return [
    otherCase('Kannel over SMPP', smsc, { url: kannel.url, pids, nextRequest: makeKannelTraffic(undefined) }),
  ];
}

/** Returns Jasmin's case, alike. Its CPU time is that of the gateway, without RabbitMQ and Redis. */
async function startJasminCase(start) {
  const smsc = await start(startSmsc());
  const jasmin = await startJasmin(smsc);
  if (jasmin === undefined) return [];
  await start(jasmin);
  const { url, pid } = jasmin;
  const nextRequest = await makeJasminTraffic();
  return [otherCase('Jasmin over SMPP', smsc, { url, pids: [pid], status: 200, nextRequest })];
}

const otherCase = (name, smsc, more) => ({ name, smsc, readDone: smsc.readTaken, receipts: 'none', ...more });

async function startSmsc() {
  const smsc = await startProcess([join(root, 'bench', 'smsc.mjs')]);
  const read = async (what) => Number(await call(smsc.url, 'GET', `/${what}`));
  return {
    ...smsc,
    port: await read('smpp'),
    readTaken: () => read('taken'),
    readReported: () => read('reported'),
    readWaiting: () => read('waiting'),
    readBound: () => read('bound'),
    setReceipts: (mode) => call(smsc.url, 'GET', `/receipts/${mode}`),
  };
}

/** Writes the file of carriers; returns its path. */
async function writeCarrier(folder, port) {
  const path = join(folder, 'carriers.json');
  const carrier = {
    name: 'bench',
    hosts: [`127.0.0.1:${port}`],
    system_id: 'bench',
    password: 'bench',
    window: windowOfOurs,
    inbound_window: 1000,
  };
  const file = { carriers: [carrier], routes: [{ service: 'sms', carrier: 'bench' }] };
  await writeFile(path, JSON.stringify(file), { mode: 0o600 });
  return path;
}

async function measure(one, how, counts) {
  await one.smsc.setReceipts(one.receipts);
  const before = await cpuOfAll(one.pids);
  const { answers, perSecond } = await sendAndWait(one, how);
  if (!counts) return;
  one.rates.push(perSecond);
  one.costs.push(((await cpuOfAll(one.pids)) - before) / answers);
}

/** Sends messages whose receipts are held back, and measures from their release to the last that is acknowledged. */
async function measureReceipts(server, smsc, nextRequest, how) {
  await smsc.setReceipts('held');
  const { answers } = await sendAndWait({ url: server.url, nextRequest, readDone: smsc.readTaken }, how);
  const before = await smsc.readReported();
  const cpuBefore = await cpuOf(server.pid);
  const startedAt = performance.now();
  await smsc.setReceipts('now');
  while ((await smsc.readReported()) - before < answers) await pause(lookEveryMs);
  const seconds = (performance.now() - startedAt) / 1000;
  return { rate: answers / seconds, cost: ((await cpuOf(server.pid)) - cpuBefore) / answers };
}

async function cpuOfAll(pids) {
  const all = await Promise.all(pids.map(cpuOf));
  return all.reduce((sum, one) => sum + one, 0);
}

/** Prints how many times as quick one case is as another, in the same rounds, and how many times its CPU time it needs for a message. */
function printRatio(what, one, other) {
  const ratio = (values) => (median(one[values]) / median(other[values])).toFixed(2);
  process.stdout.write(`  ${what}: ${ratio('rates')} times the rate, ${ratio('costs')} times the CPU time\n`);
}

function print(engine, name, perSecond, cpuUs) {
  const columns = [engine.padEnd(11), name.padEnd(40), `${Math.round(perSecond)}/s`.padStart(9)];
  const more = [`CPU ${cpuUs.toFixed(0)} µs a message`, `load ${loadavg()[0].toFixed(1)}`];
  process.stdout.write(`${[...columns, ...more].join('  ')}\n`);
}
