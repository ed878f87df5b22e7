// `npm run soak`: a server works for hours over SMPP, with receipts, with an SMSC that refuses some messages and ends the connection again and again; then
// it must be as it was after the first hour, and nothing may be lost (carriers.md section 6.4, 31). On PostgreSQL when DATABASE_URL names one.
import { readdir } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { Pool } from 'undici';
import { packageRoot } from '../../../src/base/package-root.ts';
import { systemTimers } from '../../../src/base/timers.ts';
import { basicAuth } from '../../support/app.ts';
import { makeDraw } from '../../support/draw.ts';
import { makeTemporaryDirectory, startProcess } from '../../support/process.ts';
import { writeCarriers } from '../../support/smpp-world.ts';
import { Smsc } from '../../support/smsc.ts';
import { until } from '../../support/until.ts';
import { crashAccount, settingsOf } from '../crash/harness.ts';
import { makeCall, makePowerpack } from '../crash/message-facts.ts';
import { areaCodes } from '../crash/message-load.ts';
import { makeServerHome } from '../server-home.ts';
import { startCustomer } from './customer.ts';
import { judgeSoak, megabytes, type Sample, samplesCompared } from './judge-soak.ts';
import { type OwnSample, socketVariable } from './probe.ts';

const minuteMs = 60_000;
const tickMs = 100;
/** A sample waits so long for messages that are under way, and then for the ends of idle connections: those to PostgreSQL stay for ten seconds. */
const finishMs = 60_000;
const settleMs = 15_000;
/** A receipt for a message whose answer was lost is noted on it after two minutes (`src/messages/report/match-reports.ts`). */
const matchMs = 4 * minuteMs;
const connections = 32;
const throttled = 0x58;
/** The SMSC answers after so long, and refuses for half a second what it has then: about one message in a hundred and fifty. */
const answerMs = 500;
const refuseForMs = 500;
/** The server halves its rate each time, and takes 80 s to come back to it (`src/carriers/pace.ts`). */
const refuseEveryMs = 90_000;

const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '200' },
    minutes: { type: 'string', default: '480' },
    'warm-up-minutes': { type: 'string', default: '60' },
    'sample-minutes': { type: 'string', default: '10' },
    'reconnect-minutes': { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
  },
});
const [rate, minutes, warmUpMinutes, sampleMinutes, reconnectMinutes, seed] = [
  values.rate,
  values.minutes,
  values['warm-up-minutes'],
  values['sample-minutes'],
  values['reconnect-minutes'],
  values.seed,
].map(Number) as [number, number, number, number, number, number];
if (![rate, minutes, warmUpMinutes, sampleMinutes, reconnectMinutes].every((value) => value > 0)) {
  process.stderr.write(
    'usage: npm run soak -- [--rate 200] [--minutes 480] [--warm-up-minutes 60] [--sample-minutes 10] [--reconnect-minutes 10] [--seed 1]\n',
  );
  process.exit(2);
}

const draw = makeDraw(seed);
let refused = 0;
const smsc = new Smsc(systemTimers, {
  async submit() {
    await pause(answerMs);
    if (performance.now() % refuseEveryMs > refuseForMs) return {};
    refused += 1;
    return { status: throttled };
  },
});
const { address, close: closeSmsc } = await smsc.listen();
const folder = await makeTemporaryDirectory();
const socketPath = join(folder.path, 'probe.sock');
const home = await makeServerHome({
  ...settingsOf('api,dispatcher'),
  RUCKSACK_CARRIERS: await writeCarriers(folder.path, address, {
    window: Math.max(2 * rate, 50),
    rate: 5 * rate,
    reconnect_seconds: [1, 1],
  }),
  RUCKSACK_LOG_LEVEL: 'error',
  [socketVariable]: socketPath,
});
const customer = await startCustomer();
const probe = pathToFileURL(join(packageRoot, 'dist', 'test', 'robustness', 'soak', 'probe.js')).href;
const server = await startProcess(home.environment, [
  process.execPath,
  '--import',
  probe,
  join(packageRoot, 'dist', 'server', 'main.js'),
  'start',
]);
let sent = 0;
let reconnections = 0;
try {
  const powerpackUuid = await makePowerpack(
    makeCall(() => [server.url], crashAccount),
    'smpp',
  );
  await until(() => smsc.bound.length > 0);
  const startedAt = performance.now();
  const minutesSoFar = () => (performance.now() - startedAt) / minuteMs;
  const samples: Sample[] = [];
  let reconnectAt = reconnectMinutes / 2;
  while (minutesSoFar() < minutes) {
    const api = new Pool(server.url, { connections });
    const sampleAt = minutesSoFar() + sampleMinutes;
    await sendUntil(
      () => minutesSoFar() >= sampleAt,
      { api, powerpackUuid },
      () => {
        if (minutesSoFar() < reconnectAt) return;
        reconnectAt += reconnectMinutes;
        endConnections();
      },
    );
    await until(() => customer.unfinished() === 0, finishMs).catch(() => {});
    const isLast = minutesSoFar() >= minutes;
    if (isLast) await until(async () => (await countUnmatched(api)) === 0, matchMs).catch(() => {});
    forgetWhatPassed();
    const unmatchedReports = await countUnmatched(api);
    await api.close();
    await pause(settleMs);
    const sample: Sample = {
      minutes: minutesSoFar(),
      ...(await readProbe()),
      openFiles: (await readdir(`/proc/${server.child.pid}/fd`)).length,
      unmatchedReports,
      unfinished: customer.unfinished(),
    };
    samples.push(sample);
    process.stdout.write(`${inWords(sample)}\n`);
  }
  const breaches = judgeSoak(samples, warmUpMinutes);
  process.stdout.write(
    [
      `${minutesSoFar().toFixed(0)} minutes, ${sent} messages, ${refused} parts refused, ${reconnections} connections ended, ${customer.ends()} ends told; after ${warmUpMinutes} minutes and at the end, ${samplesCompared} samples each:`,
      ...(breaches.length === 0 ? ['passed'] : breaches.map((breach) => `failed: ${breach}`)),
      '',
    ].join('\n'),
  );
  process.exitCode = breaches.length === 0 ? 0 : 1;
} finally {
  const { stderr } = await server.stop();
  process.stderr.write(stderr);
  closeSmsc();
  customer.close();
  await home.remove();
  await folder.remove();
}

interface Sender {
  readonly api: Pool;
  readonly powerpackUuid: string;
}

/** Sends at the rate until it is enough, and waits for the answers. Throws once one is not what it should be. */
async function sendUntil(isEnough: () => boolean, sender: Sender, onTick: () => void): Promise<void> {
  const underWay = new Set<Promise<void>>();
  const failures: unknown[] = [];
  for (let due = performance.now(); failures.length === 0 && !isEnough(); ) {
    onTick();
    for (; due <= performance.now(); due += 1000 / rate) {
      const sending = sendOne(sender)
        .catch((error: unknown) => void failures.push(error))
        .finally(() => underWay.delete(sending));
      underWay.add(sending);
    }
    await pause(tickMs);
  }
  await Promise.all(underWay);
  if (failures.length > 0) throw failures[0];
}

/**
 * Sends one message, to a stranger each: receipts for messages whose answer was lost are told apart by their recipients. One in four is longer than a
 * segment.
 */
async function sendOne({ api, powerpackUuid }: Sender): Promise<void> {
  sent += 1;
  const body = {
    dst: `1${areaCodes[sent % areaCodes.length]}${3_000_000 + (sent % 5_000_000)}`,
    powerpack_uuid: powerpackUuid,
    text: draw(4) === 0 ? 'This text is longer than one segment may be. '.repeat(5) : 'Your code is 123456',
    url: customer.url,
  };
  const answer = await ask(api, 'POST', 'Message/', body);
  customer.expect(answer.message_uuid);
}

async function countUnmatched(api: Pool): Promise<number> {
  return (await ask(api, 'GET', 'Carrier/smsc/')).unmatched_reports;
}

/** Sends a request of the account, and returns the body of the answer. */
async function ask(api: Pool, method: 'GET' | 'POST', path: string, body?: object) {
  const answer = await api.request({
    method,
    path: `/v1/Account/${crashAccount.authId}/${path}`,
    headers: { authorization: basicAuth(crashAccount), 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const text = await answer.body.text();
  if (answer.statusCode >= 300) throw new Error(`${path} was answered ${answer.statusCode}: ${text}`);
  return JSON.parse(text);
}

/** Ends all connections: by turns with a request to unbind, and without a word. */
function endConnections(): void {
  reconnections += 1;
  for (const session of smsc.bound) {
    if (reconnections % 2 === 0)
      void session.request({ command: 'unbind', status: 0, sequence: 0 }).catch(() => {});
    else session.socket.destroy();
  }
}

/** Deletes all that the SMSC has kept, which it does for tests. */
function forgetWhatPassed(): void {
  smsc.taken.length = 0;
  for (const { received } of smsc.sessions) received.length = 0;
}

function readProbe(): Promise<OwnSample> {
  return new Promise((resolve, reject) => {
    request({ socketPath }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk;
      });
      response.on('end', () => resolve(JSON.parse(body)));
    })
      .on('error', reject)
      .end();
  });
}

function inWords(sample: Sample): string {
  const { minutes: at, heapBytes, timers, listeners, handles, openFiles } = sample;
  return [
    `${at.toFixed(1)} min`,
    `heap ${megabytes(heapBytes)}`,
    `${timers} timers`,
    `${listeners} listeners`,
    `${handles} handles`,
    `${openFiles} open files`,
    `${sample.unmatchedReports} unmatched reports`,
    `${sample.unfinished} unfinished`,
    `${sent} sent`,
  ].join(', ');
}
