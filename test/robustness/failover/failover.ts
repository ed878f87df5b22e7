// `npm run test:failover`: three PostgreSQL nodes under Patroni, two processes with the API behind HAProxy and two that dispatch, on a host
// each. Under a steady load parts are killed, cut off and replaced in turn; afterwards all claims about messages are checked.
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { makeDraw } from '../../support/draw.ts';
import { makeTemporaryDirectory } from '../../support/process.ts';
import { startWebhookCatcher } from '../../support/webhook-catcher.ts';
import { crashAccount, ratePerSecond } from '../crash/harness.ts';
import { type Claims, checkClaims, type Death } from '../crash/message-claims.ts';
import {
  gatherFacts,
  makeCall,
  makePowerpack,
  type Observed,
  waitUntilIdle,
} from '../crash/message-facts.ts';
import { CrashSmsc } from '../crash/smsc.ts';
import { type Fault, makeFaults, type Site } from './faults.ts';
import { Fleet } from './fleet.ts';
import { Network } from './network.ts';
import { PostgresNodes } from './postgres-nodes.ts';
import { type Interval, SteadyLoad } from './steady-load.ts';

/** How long all goes well before each fault. */
const calmMs = 3000;
/** So many requests in a row that are accepted mean that all is well again. */
const wellAgain = 20;
/** How long after a fault broken connections may still be found. */
const aftermathMs = 5000;

const { values: options, positionals: patterns } = parseArgs({
  options: { seed: { type: 'string', default: '1' } },
  allowPositionals: true,
});
const draw = makeDraw(Number(options.seed));
const folder = await makeTemporaryDirectory();
const network = await Network.make();
const catcher = await startWebhookCatcher(network.address);
const smsc = await CrashSmsc.start(draw, network.address);
const postgres = await PostgresNodes.start(network, folder.path);
say('PostgreSQL replicates');
const fleet = await Fleet.start({ network, databaseUrl: postgres.url, smsc, folder: folder.path });
say('all processes run');
const call = makeCall(() => [fleet.url], crashAccount);
const load = new SteadyLoad({
  account: crashAccount,
  url: fleet.url,
  powerpackUuid: await makePowerpack(call, 'smpp'),
  callbackUrl: `${catcher.url}/status`,
  draw,
});
const deaths: Death[] = [];
const intervals: [Fault, fromMs: number, untilMs: number][] = [];
const faults = makeFaults({ postgres, fleet }).filter(
  ({ title }) => patterns.length === 0 || patterns.some((pattern) => title.includes(pattern)),
);
for (const fault of faults) {
  await pause(calmMs);
  const fromMs = Date.now();
  await suffer(fault, { postgres, fleet });
  const untilMs = Date.now();
  intervals.push([fault, fromMs, untilMs]);
  deaths.push(...deathOf(fault, fromMs, untilMs + aftermathMs));
}
await load.stop();
const slow: string[] = [];
for (const [{ title, longestSilenceMs }, fromMs, untilMs] of intervals) {
  const interval = load.within(fromMs, untilMs);
  say(`${title}: ${intervalReport(interval)}`);
  if (interval.silenceMs > longestSilenceMs)
    slow.push(`${title}: nothing was accepted for ${interval.silenceMs} ms`);
}
const observed: Observed = {
  deaths,
  undelivered: () => smsc.undelivered,
  lateSegments: () => smsc.lateSegments(ratePerSecond),
  readSubmissions: async (idOf) => smsc.submissions(idOf),
};
await waitUntilIdle(call, observed, catcher);
const claims = checkClaims(await gatherFacts(call, observed, load.accepted, catcher));
const readsFromStandby = await fleet.readsFromStandby();
const codes = await fleet.stop();
const breaches = [
  ...slow,
  ...(readsFromStandby === 0 ? ['no read was answered by a standby'] : []),
  ...load.unexpected,
  ...fleet.processes.flatMap(({ unexpectedEnds }) => unexpectedEnds),
  ...codes.flatMap((code, index) => (code === 0 ? [] : [`process ${index + 1} ended with ${code}`])),
  ...claims.breaches,
];
say(claimsReport(claims));
for (const breach of breaches.slice(0, 30)) say(`  ${breach}`);
say(
  `${readsFromStandby} reads answered by a standby since the last start; ${faults.length} faults, ${breaches.length} breaches`,
);
// All other programs end with the namespaces of this one.
process.exit(breaches.length === 0 ? 0 : 1);

/** Makes a fault happen, waits until messages are accepted in spite of it, mends it, and waits until all is well again. */
async function suffer(fault: Fault, site: Site): Promise<void> {
  say(fault.title);
  const fromMs = Date.now();
  const mend = await fault.strike();
  await load.acceptedAgain(wellAgain);
  await pause(Math.max(0, fromMs + fault.lastsMs - Date.now()));
  await mend();
  await site.postgres.replicating();
  await site.fleet.ready();
  await load.acceptedAgain(wellAgain);
}

function deathOf({ loses }: Fault, fromMs: number, untilMs: number): Death[] {
  if (loses === 'nothing') return [];
  if (loses === 'everything') return [{ process: undefined, fromMs, untilMs }];
  return [{ process: loses.host.name, fromMs, untilMs, arrivesLate: true }];
}

function intervalReport({ requests, failures, silenceMs, slowestMs, reads, failedReads }: Interval): string {
  const failed = Object.entries(failures).map(([status, count]) => `${count} × ${status}`);
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
  return `at most ${seconds(silenceMs)} without a 202, the slowest after ${seconds(slowestMs)}; of ${requests} requests not accepted: ${failed.join(', ') || 'none'}; of ${reads} reads not answered: ${failedReads}`;
}

function claimsReport(claims: Claims): string {
  const states = Object.entries(claims.states).map(([state, count]) => `${count} ${state}`);
  const lost = claims.states.gone ?? 0;
  return `${claims.accepted} messages accepted (${states.join(', ')}), ${lost} lost; ${claims.submissions} submissions, ${claims.repeated} messages submitted again; ${claims.callbacks} callbacks, ${claims.callbacksAgain} of them again`;
}

function say(line: string): void {
  process.stdout.write(`${new Date().toISOString().slice(11, 19)} ${line}\n`);
}
