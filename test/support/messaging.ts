// Powerpacks, messages and what the carrier saw of them, in the words of a journey.
import assert from 'node:assert/strict';
import type { Submission } from '../../src/carriers/carrier.ts';
import { type Rule, standardOutcome } from '../../src/carriers/simulator/rule.ts';
import type { TestAccount, TestApp } from './app.ts';

export interface MadePowerpack {
  readonly uuid: string;
  readonly pool: string;
}

/** Makes a powerpack whose numbers are rented from the simulator's inventory. */
export async function makePowerpack(
  server: TestApp,
  name: string,
  numbers: readonly string[],
  { settings = {}, as }: { readonly settings?: object; readonly as?: TestAccount } = {},
): Promise<MadePowerpack> {
  const made = await server.call('POST', 'Powerpack/', { name, ...settings }, { as });
  assert.equal(made.status, 200, made.text);
  const pool = made.body.number_pool.split('/')[5];
  for (const number of numbers) {
    const body = { rent: 'true', service: 'mms' };
    const added = await server.call('POST', `NumberPool/${pool}/Number/${number}/`, body, { as });
    assert.equal(added.status, 200, added.text);
  }
  return { uuid: made.body.uuid, pool };
}

/** Sends a message, `hello` unless the fields say otherwise; answers the identifiers. */
export async function send(server: TestApp, fields: object, as?: TestAccount): Promise<string[]> {
  const sent = await server.call('POST', 'Message/', { text: 'hello', ...fields }, { as });
  assert.equal(sent.status, 202, sent.text);
  return sent.body.message_uuid;
}

/** Sends a message to one destination. */
export async function sendOne(server: TestApp, fields: object, as?: TestAccount): Promise<string> {
  const [id] = await send(server, fields, as);
  assert.ok(id);
  return id;
}

/** A message as the API shows it. */
// biome-ignore lint/suspicious/noExplicitAny: the shape of an answer is what tests are about
export async function readMessage(server: TestApp, id: string, as?: TestAccount): Promise<any> {
  const read = await server.call('GET', `Message/${id}/`, undefined, { as });
  assert.equal(read.status, 200, read.text);
  return read.body;
}

/** Returns state and error code, `failed 420`, or the state alone. */
export async function stateOf(server: TestApp, id: string, as?: TestAccount): Promise<string> {
  const { message_state: state, error_code: code } = await readMessage(server, id, as);
  return code === null ? state : `${state} ${code}`;
}

/** A submission as the carrier saw it; `atMs` since 1970. */
export interface SeenSubmission extends Submission {
  readonly atMs: number;
  readonly failure: string | undefined;
}

/** Returns the submissions of these messages, in order. */
export function seenOf({ app }: Pick<TestApp, 'app'>, ids: readonly string[]): SeenSubmission[] {
  return app.simulator.records.submissions
    .newestFirst()
    .reverse()
    .filter(({ submission }) => ids.includes(submission.reference))
    .map(({ at, submission, failure }) => ({ ...submission, atMs: at.getTime(), failure }));
}

/** Returns the submissions to a destination. */
export function seenBy({ app }: Pick<TestApp, 'app'>, destination: string): SeenSubmission[] {
  const ids = app.simulator.records.submissions
    .newestFirst()
    .filter(({ submission }) => submission.destination === destination)
    .map(({ submission }) => submission.reference);
  return seenOf({ app }, ids);
}

/** Adds a rule of the simulator for messages to a destination, before its other rules. */
export function addRule(server: TestApp, destination: string, outcome: Partial<Rule>): void {
  const { rules } = server.app.simulator;
  const added = { ...standardOutcome, share: 1, times: undefined, throttle: undefined, ...outcome };
  rules.replace([{ ...added, match: { destination } }, ...rules.rules]);
}

let handsetMessages = 0;

/** Sends a text from a handset; returns our id of the message. */
export async function sendText(server: TestApp, from: string, to: string, words: string): Promise<string> {
  handsetMessages += 1;
  const id = await server.app.simulator.fromHandset({
    name: `handset-${handsetMessages}`,
    sender: from,
    destination: to,
    service: 'sms',
    text: words,
    mediaUrls: [],
  });
  assert.ok(id);
  return id;
}

/** Returns the history of a message: `event: detail`. */
export async function historyOf(server: TestApp, id: string): Promise<string[]> {
  const explained = await server.call('GET', `Message/${id}/Explain/`);
  assert.equal(explained.status, 200, explained.text);
  return explained.body.history.map(({ event, detail }: { event: string; detail: string }) =>
    detail === '' ? event : `${event}: ${detail}`,
  );
}
