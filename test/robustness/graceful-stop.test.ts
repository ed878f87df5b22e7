// Stopping a server that is at work: what is in hand is finished, nothing new is begun, and the end comes in time.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { afterEach, describe, test } from 'node:test';
import { basicAuth } from '../support/app.ts';
import { type Environment, type RunningServer, startProcess } from '../support/process.ts';
import { type CaughtCall, startWebhookCatcher } from '../support/webhook-catcher.ts';
import { openSocket, readAnswers, readToEnd } from './exchange.ts';
import { makeServerHome, type ServerHome } from './server-home.ts';

/** By when things must have happened that should happen at once: far less than the server's own deadline. */
const guardMs = 10_000;
const patientStopSeconds = 300;
const body = '{"name":"in hand"}';

let home: ServerHome;
let server: RunningServer;
afterEach(async () => {
  if (server.child.exitCode === null) server.child.kill('SIGKILL');
  await home.remove();
});

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  describe(`at ${signal}`, () => {
    test('a running request is answered, and new connections are refused', async () => {
      await start(patientStopSeconds);
      const ended = once(server.child, 'exit', { signal: AbortSignal.timeout(guardMs) });
      const inHand = await beginRequest();
      const idle = await callAndStay();

      server.child.kill(signal);
      await readToEnd(idle, guardMs);
      // Reset, when it came between the two system calls that close idle connections and the listener.
      const late = await readToEnd(openSocket(server.url), guardMs);
      assert.match(late.failure ?? '', /^(ECONNREFUSED|ECONNRESET)$/);
      server.child.kill(signal);

      const answered = readToEnd(inHand, guardMs);
      inHand.write(body);
      const [answer] = readAnswers((await answered).received).answers;
      assert.equal(answer?.status, 200);
      assert.deepEqual(await ended, [0, null]);
    });

    test('a request that never becomes whole is waited for until the deadline', async () => {
      await start(1);
      const ended = once(server.child, 'exit', { signal: AbortSignal.timeout(guardMs) });
      const inHand = await beginRequest();
      server.child.kill(signal);
      const { received } = await readToEnd(inHand, guardMs);
      assert.equal(received.length, 0);
      assert.deepEqual(await ended, [0, null]);
    });
  });
}

test('a stop goes on answering on new connections first, and says that it is not ready', async () => {
  await start(patientStopSeconds, { RUCKSACK_DRAIN_SECONDS: '5' });
  const ended = once(server.child, 'exit', { signal: AbortSignal.timeout(2 * guardMs) });
  server.child.kill('SIGTERM');
  const ready = () => fetch(`${server.url}/readyz`);
  let answer = await ready();
  while (answer.status === 200) answer = await ready();
  assert.deepEqual([answer.status, answer.headers.get('connection')], [503, 'close']);
  const answered = await fetch(`${server.url}/v1/Account/${home.account.authId}/`, {
    headers: { authorization: basicAuth(home.account) },
  });
  assert.deepEqual([answered.status, answered.headers.get('connection')], [200, 'close']);
  assert.deepEqual(await ended, [0, null]);
  assert.match((await readToEnd(openSocket(server.url), guardMs)).failure ?? '', /^ECONNREFUSED$/);
});

test('a webhook without an answer is not waited for beyond the deadline, and is sent again after the next start', async (t) => {
  const catcher = await startWebhookCatcher();
  t.after(() => catcher.close());
  catcher.answer = 'held';
  await start(1, { RUCKSACK_WEBHOOK_TIMEOUT_SECONDS: '60' });
  const ended = once(server.child, 'exit', { signal: AbortSignal.timeout(guardMs) });
  await sendMessage(`${catcher.url}/status`);
  await catcher.next();
  server.child.kill('SIGTERM');
  assert.deepEqual(await ended, [0, null]);

  const cutOff = [...catcher.calls];
  catcher.answer = { status: 200 };
  server = await startProcess(home.environment);
  const isRepeated = ({ parameters: { Sequence } }: CaughtCall) =>
    catcher.calls.slice(cutOff.length).some(({ parameters }) => parameters.Sequence === Sequence);
  while (!cutOff.every(isRepeated)) await catcher.next();
});

async function start(stopSeconds: number, more: Environment = {}): Promise<void> {
  home = await makeServerHome({ RUCKSACK_STOP_SECONDS: String(stopSeconds), ...more });
  server = await startProcess(home.environment);
}

/** Sends the head of a request and waits until the server asks for the body: from then on it is in hand. */
async function beginRequest(): Promise<Socket> {
  const socket = openSocket(server.url);
  const headers = [
    `POST /v1/Account/${home.account.authId}/Powerpack/ HTTP/1.1`,
    'Host: localhost',
    `Authorization: ${basicAuth(home.account)}`,
    'Content-Type: application/json',
    `Content-Length: ${body.length}`,
    'Expect: 100-continue',
  ];
  socket.write(`${headers.join('\r\n')}\r\n\r\n`);
  const [interim] = (await once(socket, 'data')) as [Buffer];
  assert.match(interim.toString(), /^HTTP\/1\.1 100 /);
  return socket;
}

/** Opens a connection on which a request was answered, and which stays for the next one. */
async function callAndStay(): Promise<Socket> {
  const socket = openSocket(server.url);
  socket.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await once(socket, 'data');
  return socket;
}

/** Sends a message from a number that is rented for it, and whose status is told at `url`. */
async function sendMessage(url: string): Promise<void> {
  const call = async (path: string, body: object) => {
    const answer = await fetch(`${server.url}/v1/Account/${home.account.authId}/${path}`, {
      method: 'POST',
      headers: { authorization: basicAuth(home.account), 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    assert.ok(answer.ok, await answer.text());
  };
  await call('PhoneNumber/12015550100/', {});
  await call('Message/', { src: '12015550100', dst: '12015550123', text: 'hello', url });
}
