// A storm: processes die at random moments under load; when all is calm again, every promise is checked.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { basicAuth, type TestAccount } from '../support/app.ts';
import { makeDraw } from '../support/draw.ts';
import { startWebhookCatcher } from '../support/webhook-catcher.ts';
import { type Facts, judge, type Shown, type ToldStatus, type Verdict } from './chaos-claims.ts';
import { makeStage, ratePerSecond, type Stage, type Topology } from './chaos-harness.ts';
import { areaCodes, regulars, startLoad } from './chaos-load.ts';

export interface ChaosOptions {
  readonly topology: Topology;
  readonly kills: number;
  readonly seed: number;
  /** How the server is started, if not as it was built. */
  readonly command?: readonly string[] | undefined;
  /** A kill comes at any moment of so many milliseconds after the messages that it waits for; 600 by default. */
  readonly spreadMs?: number;
}

export interface ChaosReport extends Verdict {
  readonly topology: Topology;
  readonly kills: number;
  readonly unanswered: number;
  /** From the last kill until nothing was left to do. */
  readonly calmAfterMs: number;
}

const members = 24;
/** A kill comes after so many accepted messages. */
const messagesBefore = { least: 20, spread: 60 };
const standardSpreadMs = 600;
/** How long nothing may change before we no longer wait for what is left. */
const stuckMs = 90_000;
const lookEveryMs = 500;
const readers = 8;

/** Runs the storm and judges it. The report names every breach; it throws only when the storm itself failed. */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const { topology, kills, seed, command, spreadMs = standardSpreadMs } = options;
  const draw = makeDraw(seed);
  const catcher = await startWebhookCatcher();
  const stage = await makeStage({ topology, draw, command });
  try {
    const { account, urls } = stage;
    const call = (method: string, path: string, body?: object) => callApi(urls, account, method, path, body);
    const load = startLoad({
      account,
      powerpackUuid: await makePowerpack(call),
      callbackUrl: `${catcher.url}/status`,
      urls,
      draw: makeDraw(seed + 1),
    });
    for (let kill = 0; kill < kills; kill++) {
      await load.more(messagesBefore.least + draw(messagesBefore.spread));
      await pause(draw(spreadMs));
      await stage.kill();
    }
    await load.stop();
    const calmFrom = Date.now();
    const readTold = () => catcher.calls.map(({ parameters }) => toldStatus(parameters));
    await waitForCalm(call, () => catcher.calls.length);
    const calmAfterMs = Date.now() - calmFrom;
    const facts = await gather(call, stage, load.accepted, readTold());
    const verdict = judge(facts);
    const breaches = [...stage.listSuicides(), ...verdict.breaches];
    return { ...verdict, breaches, topology, kills, unanswered: load.unanswered(), calmAfterMs };
  } finally {
    await stage.remove();
    await catcher.close();
  }
}

/** A few lines for a log: what happened, and each breach, but not thousands of them. */
export function reportText(report: ChaosReport): string {
  const { topology, kills, accepted, unanswered, submissions, repeated, callbacks, callbacksAgain } = report;
  const states = Object.entries(report.states).map(([state, count]) => `${count} ${state}`);
  return [
    `${topology}: ${kills} kills, ${accepted} messages accepted (${states.join(', ')}), ${unanswered} requests without an answer`,
    `  carrier: ${submissions} submissions, ${repeated} messages taken again, at most ${report.fastestSecond} of ${ratePerSecond} segments in a second`,
    `  customer: ${callbacks} callbacks, ${callbacksAgain} of them again; calm ${(report.calmAfterMs / 1000).toFixed(1)} s after the last kill`,
    `  ${report.breaches.length} breaches`,
    ...report.breaches.slice(0, maxShownBreaches).map((breach) => `    ${breach}`),
  ].join('\n');
}

const maxShownBreaches = 20;

type Call = (method: string, path: string, body?: object) => Promise<{ status: number; text: string }>;

async function makePowerpack(call: Call): Promise<string> {
  const answer = await call('POST', 'Powerpack/', {
    name: 'storm',
    sticky_sender: true,
    local_connect: true,
  });
  const { uuid, number_pool } = JSON.parse(answer.text);
  for (let index = 0; index < members; index++) {
    const number = `1${areaCodes[index % areaCodes.length]}55501${10 + index}`;
    const added = await call('POST', `${number_pool}Number/${number}/`, { rent: true });
    assert.equal(added.status, 200, added.text);
  }
  return uuid;
}

/** Waits until nothing waits in sender queues, no call is left to make, and no callback has come for a while. */
async function waitForCalm(call: Call, countCalls: () => number): Promise<void> {
  let last = { state: '', at: Date.now() };
  let quietLooks = 0;
  while (quietLooks < quietLooksNeeded && Date.now() - last.at < stuckMs) {
    await pause(lookEveryMs);
    const { text } = await call('GET', '/metrics');
    const read = (name: string) => Number(new RegExp(`^${name} (\\d+)`, 'm').exec(text)?.[1]);
    const left = read('rucksack_queued_messages') + read('rucksack_pending_webhooks');
    const state = `${left} ${countCalls()}`;
    quietLooks = left === 0 && state === last.state ? quietLooks + 1 : 0;
    if (state !== last.state) last = { state, at: Date.now() };
  }
}

/** The carrier's latest report comes six seconds after the submission. */
const quietLooksNeeded = 14;

async function gather(
  call: Call,
  stage: Stage,
  accepted: readonly string[],
  told: readonly ToldStatus[],
): Promise<Facts> {
  const submitted = await stage.readSubmissions();
  const ids = new Set([
    ...accepted,
    ...told.map(({ messageId }) => messageId),
    ...submitted.map(({ reference }) => reference),
  ]);
  const triedAgain = new Set(
    submitted.filter(({ attempt }) => attempt > 1).map(({ reference }) => reference),
  );
  const shown = new Map<string, Shown>();
  const queue = [...ids];
  const reading = Array.from({ length: readers }, async () => {
    for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
      const found = await readMessage(call, id, triedAgain.has(id));
      if (found !== undefined) shown.set(id, found);
    }
  });
  await Promise.all(reading);
  return { accepted, shown, told, submitted, deaths: stage.deaths, regulars, ratePerSecond };
}

async function readMessage(call: Call, id: string, withHistory: boolean): Promise<Shown | undefined> {
  const message = await call('GET', `Message/${id}/`);
  if (message.status === 404) return undefined;
  const state: string = JSON.parse(message.text).message_state;
  if (!withHistory) return { state, events: [] };
  const explained = await call('GET', `Message/${id}/Explain/`);
  const history: { event: string }[] = JSON.parse(explained.text).history;
  return { state, events: history.map(({ event }) => event) };
}

function toldStatus(parameters: Readonly<Record<string, string>>): ToldStatus {
  const { MessageUUID = '', Sequence, Status = '' } = parameters;
  return { messageId: MessageUUID, sequence: Number(Sequence), status: Status };
}

/** Calls any process that answers the API. */
async function callApi(
  urls: Stage['urls'],
  account: TestAccount,
  method: string,
  path: string,
  body?: object,
): Promise<{ status: number; text: string }> {
  const target = path.startsWith('/') ? path : `/v1/Account/${account.authId}/${path}`;
  const response = await fetch(`${urls()[0]}${target}`, {
    method,
    headers: { authorization: basicAuth(account), 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, text: await response.text() };
}
