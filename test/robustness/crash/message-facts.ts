// The questions of the scenario "messages" to the API: makes a powerpack before it, and gathers the facts for the claims after it, once no work is left.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { basicAuth, type TestAccount } from '../../support/app.ts';
import type { WebhookCatcher } from '../../support/webhook-catcher.ts';
import { type CrashCarrier, type Harness, ratePerSecond } from './harness.ts';
import type { Facts, ReceivedStatus, Shown } from './message-claims.ts';
import { areaCodes, regulars } from './message-load.ts';
import { keyOf } from './smsc.ts';

const members = 24;
/** How long nothing may change before the rest of the work is no longer waited for. */
const stuckMs = 90_000;
const lookEveryMs = 500;
const readers = 8;

/** The observations of servers that are killed or cut off. */
export type Observed = Pick<Harness, 'deaths' | 'undelivered' | 'lateSegments' | 'readSubmissions'>;

export type Call = (method: string, path: string, body?: object) => Promise<{ status: number; text: string }>;

/** Returns a function that sends requests of an account, each to the first of the addresses that there are then. */
export function makeCall(urls: () => readonly string[], account: TestAccount): Call {
  return async (method, path, body) => {
    const target = path.startsWith('/') ? path : `/v1/Account/${account.authId}/${path}`;
    const response = await fetch(`${urls()[0]}${target}`, {
      method,
      headers: { authorization: basicAuth(account), 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, text: await response.text() };
  };
}

/** Makes a powerpack of numbers; of the account's own, which the SMSC takes, or of fictitious ones. */
export async function makePowerpack(call: Call, carrier: CrashCarrier): Promise<string> {
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
export async function waitUntilIdle(
  call: Call,
  { undelivered }: Observed,
  catcher: WebhookCatcher,
): Promise<void> {
  let last = { state: '', at: Date.now() };
  let quietLooks = 0;
  while (quietLooks < quietLooksNeeded && Date.now() - last.at < stuckMs) {
    await pause(lookEveryMs);
    const { text } = await call('GET', '/metrics');
    const read = (name: string) => Number(new RegExp(`^${name} (\\d+)`, 'm').exec(text)?.[1]);
    const left = read('rucksack_queued_messages') + read('rucksack_pending_webhooks') + undelivered();
    const state = `${left} ${catcher.calls.length}`;
    quietLooks = left === 0 && state === last.state ? quietLooks + 1 : 0;
    if (state !== last.state) last = { state, at: Date.now() };
  }
}

/** The carrier's latest report comes six seconds after the submission. */
const quietLooksNeeded = 14;

/** Returns what clients, the customer and the carrier have seen of the messages that were accepted. */
export async function gatherFacts(
  call: Call,
  observed: Observed,
  accepted: readonly string[],
  catcher: WebhookCatcher,
): Promise<Facts> {
  const received = catcher.calls.map(({ parameters }) => readStatus(parameters));
  const idOf = idsByKey(catcher.calls);
  const submitted = await observed.readSubmissions((key) => idOf.get(key));
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
  const { deaths } = observed;
  const lateSegments = observed.lateSegments();
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
