// Crash scenario "messages": processes are killed at random moments under load; afterwards all claims about messages are checked.
import { setTimeout as pause } from 'node:timers/promises';
import { makeDraw } from '../../support/draw.ts';
import { startWebhookCatcher } from '../../support/webhook-catcher.ts';
import { type CrashCarrier, makeHarness, ratePerSecond, type Topology } from './harness.ts';
import { type Claims, checkClaims } from './message-claims.ts';
import { gatherFacts, makeCall, makePowerpack, waitUntilIdle } from './message-facts.ts';
import { startLoad } from './message-load.ts';

export interface MessageCrashOptions {
  readonly topology: Topology;
  readonly carrier: CrashCarrier;
  readonly kills: number;
  readonly seed: number;
  /** The command that starts the server; by default the built program. */
  readonly command?: readonly string[] | undefined;
  /** A kill follows within so many milliseconds after the messages that it waits for; 600 by default. */
  readonly spreadMs?: number;
}

export interface MessageCrashReport extends Claims {
  readonly topology: Topology;
  readonly carrier: CrashCarrier;
  readonly kills: number;
  readonly unanswered: number;
  /** From the last kill until no work was left. */
  readonly idleAfterMs: number;
  readonly msPerKill: number;
}

/** Accepted messages before each kill. */
const messagesBefore = { least: 20, spread: 60 };
const standardSpreadMs = 600;

/** Runs the scenario and checks the claims. The report lists every breach; it throws only when the scenario itself failed. */
export async function runMessageCrashes(options: MessageCrashOptions): Promise<MessageCrashReport> {
  const { topology, carrier, kills, seed, command, spreadMs = standardSpreadMs } = options;
  const draw = makeDraw(seed);
  const catcher = await startWebhookCatcher();
  const harness = await makeHarness({ topology, carrier, draw, command });
  try {
    const { account, urls } = harness;
    const call = makeCall(urls, account);
    const load = startLoad({
      account,
      powerpackUuid: await makePowerpack(call, carrier),
      callbackUrl: `${catcher.url}/status`,
      urls,
      draw: makeDraw(seed + 1),
    });
    const killingFrom = Date.now();
    for (let killed = 0; killed < kills; ) {
      await load.more(messagesBefore.least + draw(messagesBefore.spread));
      await harness.traffic();
      await pause(draw(spreadMs));
      killed += await harness.kill(kills - killed);
    }
    await harness.started();
    const msPerKill = (Date.now() - killingFrom) / kills;
    await load.stop();
    const idleFrom = Date.now();
    await waitUntilIdle(call, harness, catcher);
    const idleAfterMs = Date.now() - idleFrom;
    const claims = checkClaims(await gatherFacts(call, harness, load.accepted, catcher));
    const breaches = [...harness.listUnexpectedEnds(), ...claims.breaches];
    return {
      ...claims,
      breaches,
      topology,
      carrier,
      kills,
      unanswered: load.unanswered(),
      idleAfterMs,
      msPerKill,
    };
  } finally {
    await harness.remove();
    await catcher.close();
  }
}

/** Returns a few lines for a log: the figures, and the first breaches. */
export function messageReport(report: MessageCrashReport): string {
  const { topology, carrier, kills, accepted, unanswered } = report;
  const { submissions, repeated, callbacks, callbacksAgain, mostInDoubt } = report;
  const states = Object.entries(report.states).map(([state, count]) => `${count} ${state}`);
  return [
    `${topology}, ${carrier}: ${kills} kills, ${accepted} messages accepted (${states.join(', ')}), ${unanswered} requests without an answer`,
    `  carrier: ${submissions} submissions, ${repeated} messages submitted again, at most ${mostInDoubt} in doubt after one kill, at most ${report.fastestSecond} of ${ratePerSecond} segments in a second`,
    `  customer: ${callbacks} callbacks, ${callbacksAgain} of them again; idle ${(report.idleAfterMs / 1000).toFixed(1)} s after the last kill; ${(report.msPerKill / 1000).toFixed(1)} s a kill`,
    `  ${report.breaches.length} breaches`,
    ...report.breaches.slice(0, maxShownBreaches).map((breach) => `    ${breach}`),
  ].join('\n');
}

const maxShownBreaches = 20;
