// Crash scenario "messages": processes are killed at random moments under load; afterwards all claims about messages are checked.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { basicAuth, type TestAccount } from '../../support/app.ts';
import { makeDraw } from '../../support/draw.ts';
import { startWebhookCatcher, type WebhookCatcher } from '../../support/webhook-catcher.ts';
import { type CrashCarrier, type Harness, makeHarness, ratePerSecond, type Topology } from './harness.ts';
import {
  type Claims,
  checkClaims,
  type Facts,
  type ReceivedStatus,
  type Shown,
  type Submitted,
} from './message-claims.ts';
import { areaCodes, regulars, startLoad } from './message-load.ts';
import { keyOf } from './smsc.ts';

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

const members = 24;
/** Accepted messages before each kill. */
const messagesBefore = { least: 20, spread: 60 };
const standardSpreadMs = 600;
/** How long nothing may change before the rest of the work is no longer waited for. */
const stuckMs = 90_000;
const lookEveryMs = 500;
const readers = 8;

/** Runs the scenario and checks the claims. The report lists every breach; it throws only when the scenario itself failed. */
export async function runMessageCrashes(options: MessageCrashOptions): Promise<MessageCrashReport> {
  const { topology, carrier, kills, seed, command, spreadMs = standardSpreadMs } = options;
  const draw = makeDraw(seed);
  const catcher = await startWebhookCatcher();
  const harness = await makeHarness({ topology, carrier, draw, command });
  try {
    const { account, urls } = harness;
    const call = (method: string, path: string, body?: object) => callApi(urls, account, method, path, body);
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
    await waitUntilIdle(call, () => catcher.calls.length, harness.undelivered);
    const idleAfterMs = Date.now() - idleFrom;
    const received = catcher.calls.map(({ parameters }) => readStatus(parameters));
    const ids = idsByKey(catcher.calls);
    const submitted = await harness.readSubmissions((key) => ids.get(key));
    const claims = checkClaims(await gather(call, harness, load.accepted, received, submitted));
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

type Call = (method: string, path: string, body?: object) => Promise<{ status: number; text: string }>;

/** Makes a powerpack of numbers; of the account's own, which the SMSC takes, or of fictitious ones. */
async function makePowerpack(call: Call, carrier: CrashCarrier): Promise<string> {
  const answer = await call('POST', 'Powerpack/', {
    name: 'crashes',
    sticky_sender: true,
    local_connect: true,
  });
  const { uuid, number_pool } = JSON.parse(answer.text);
  const isOwn = carrier === 'smpp';
  const numbers = Array.from(
    { length: members },
    (_, index) => `1${areaCodes[index % areaCodes.length]}${isOwn ? 556 : 555}01${10 + index}`,
  );
  if (isOwn) {
    const own = { numbers: numbers.join(','), carrier: 'own', region: 'somewhere' };
    assert.equal((await call('POST', 'Number/', own)).status, 202);
  }
  for (const number of numbers) {
    const added = await call('POST', `${number_pool}Number/${number}/`, isOwn ? {} : { rent: true });
    assert.equal(added.status, 200, added.text);
  }
  return uuid;
}

/** Waits until the sender queues are empty, all reports and webhooks are sent, and none has arrived for a while. */
async function waitUntilIdle(
  call: Call,
  countCalls: () => number,
  countReports: () => number,
): Promise<void> {
  let last = { state: '', at: Date.now() };
  let quietLooks = 0;
  while (quietLooks < quietLooksNeeded && Date.now() - last.at < stuckMs) {
    await pause(lookEveryMs);
    const { text } = await call('GET', '/metrics');
    const read = (name: string) => Number(new RegExp(`^${name} (\\d+)`, 'm').exec(text)?.[1]);
    const left = read('rucksack_queued_messages') + read('rucksack_pending_webhooks') + countReports();
    const state = `${left} ${countCalls()}`;
    quietLooks = left === 0 && state === last.state ? quietLooks + 1 : 0;
    if (state !== last.state) last = { state, at: Date.now() };
  }
}

/** The carrier's latest report comes six seconds after the submission. */
const quietLooksNeeded = 14;

async function gather(
  call: Call,
  harness: Harness,
  accepted: readonly string[],
  received: readonly ReceivedStatus[],
  submitted: readonly Submitted[],
): Promise<Facts> {
  const ids = new Set([
    ...accepted,
    ...received.map(({ messageId }) => messageId),
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
  const { deaths } = harness;
  const lateSegments = harness.lateSegments();
  return { accepted, shown, received, submitted, deaths, regulars, ratePerSecond, lateSegments };
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

/** Returns the ids of messages by their destination and the token of their request, which is the end of the URL called back. */
function idsByKey(calls: WebhookCatcher['calls']): ReadonlyMap<string, string> {
  return new Map(
    calls.map(({ url, parameters }) => {
      const { To = '', MessageUUID = '' } = parameters;
      return [keyOf(To, url.split('/').at(-1) ?? ''), MessageUUID];
    }),
  );
}

function readStatus(parameters: Readonly<Record<string, string>>): ReceivedStatus {
  const { MessageUUID = '', Sequence, Status = '' } = parameters;
  return { messageId: MessageUUID, sequence: Number(Sequence), status: Status };
}

/** Sends a request to the first running process with the API. */
async function callApi(
  urls: Harness['urls'],
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
