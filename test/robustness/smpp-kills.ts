// Kills a server whose messages are in flight to an SMSC, again and again, and looks whether each reached the SMSC.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemTimers } from '../../src/base/timers.ts';
import { basicAuth, type TestAccount } from '../support/app.ts';
import { makeDraw } from '../support/draw.ts';
import { type RunningServer, startProcess } from '../support/process.ts';
import { writeCarriers } from '../support/smpp-world.ts';
import { Smsc } from '../support/smsc.ts';
import { until } from '../support/until.ts';
import { makeServerHome } from './server-home.ts';

export interface SmppKillOptions {
  readonly kills: number;
  readonly seed: number;
  readonly messagesPerKill: number;
}

export interface SmppKillReport {
  readonly accepted: number;
  readonly lost: number;
  readonly doubled: number;
}

const window = 10;
const numbers = Array.from({ length: 20 }, (_, index) => `1415555${2600 + index}`);

/**
 * Sends messages and kills the server at a moment that `seed` chooses while they go out, so many times; then waits until all have an
 * end. Throws when a message was lost, when one went twice without a kill between, and when a kill doubled more than the window holds. Doubled are those
 * that were unanswered at a kill, and those whose answers were not yet recorded.
 */
export async function runSmppKills({
  kills,
  seed,
  messagesPerKill,
}: SmppKillOptions): Promise<SmppKillReport> {
  const draw = makeDraw(seed);
  const smsc = new Smsc(systemTimers, { submit: () => laterAnswer(draw(4)) });
  const { address, close } = await smsc.listen();
  const folder = await mkdtemp(join(tmpdir(), 'rucksack-smpp-kills-'));
  const home = await makeServerHome({
    RUCKSACK_CARRIERS: await writeCarriers(folder, address, { window, reconnect_seconds: [1, 1] }),
    RUCKSACK_PACING: 'unlimited',
  });
  let server: RunningServer | undefined;
  try {
    server = await startProcess(home.environment);
    await call(server, home.account, 'Number/', {
      numbers: numbers.join(','),
      carrier: 'own',
      region: 'California',
    });
    let accepted = 0;
    for (let kill = 0; kill < kills; kill++) {
      for (let index = 0; index < messagesPerKill; index++) {
        const src = numbers[index % numbers.length];
        await call(server, home.account, 'Message/', { src, dst: destinationOf(accepted), text: 'Hello' });
        accepted += 1;
      }
      await killNow(server);
      server = await startProcess(home.environment);
    }
    const counts = new Map<string, number>();
    await until(() => {
      counts.clear();
      for (const { destination } of smsc.taken) {
        counts.set(destination.digits, (counts.get(destination.digits) ?? 0) + 1);
      }
      return counts.size >= accepted;
    }, 120_000).catch(() => {});
    const lost = accepted - counts.size;
    const doubled = [...counts.values()].reduce((sum, count) => sum + count - 1, 0);
    assert.equal(lost, 0, `${lost} of ${accepted} messages never reached the SMSC`);
    assert.ok(doubled <= kills * window, `${doubled} messages went twice after ${kills} kills`);
    for (const { received } of smsc.sessions) {
      const sent = received.flatMap((pdu) => (pdu.command === 'submit_sm' ? [pdu.destination.digits] : []));
      assert.equal(new Set(sent).size, sent.length, 'a message went twice without a kill between');
    }
    assert.equal((await server.stop()).code, 0);
    return { accepted, lost, doubled };
  } finally {
    if (server !== undefined) await killNow(server);
    close();
    await home.remove();
    await rm(folder, { recursive: true });
  }
}

const destinationOf = (index: number): string => `1212${String(2_000_000 + index)}`;

/** Returns the answer after a moment, so that messages are in flight. */
async function laterAnswer(ms: number): Promise<object> {
  await new Promise((resolve) => setTimeout(resolve, ms * 5));
  return {};
}

async function call(server: RunningServer, account: TestAccount, path: string, body: object): Promise<void> {
  const response = await fetch(`${server.url}/v1/Account/${account.authId}/${path}`, {
    method: 'POST',
    headers: { authorization: basicAuth(account), 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  assert.equal(response.status, 202, await response.text());
}

async function killNow(server: RunningServer): Promise<void> {
  if (server.child.exitCode !== null || server.child.signalCode !== null) return;
  server.child.kill('SIGKILL');
  await once(server.child, 'exit');
}
