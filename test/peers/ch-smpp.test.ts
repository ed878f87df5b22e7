// ch-smpp as the SMSC: two names in one receipt, refusals with a body, one destination that is always full (carriers.md section 6.2, point 10).
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { failsWith } from '../support/smpp-carrier.ts';
import { sampleSubmission } from '../support/submissions.ts';
import { until } from '../support/until.ts';
import {
  halfInParts,
  isUp,
  type NetworkCarrier,
  submitAll,
  submitUntilTaken,
  withNetworkCarrier,
} from './network-carrier.ts';
import { freePort, messagesThrough, scratchOf, skipWithout, startPeer } from './peers.ts';

const libraries = join(scratchOf('ch-smpp'), 'lib');
const classes = join(scratchOf('ch-smpp'), 'classes');
const skip = skipWithout('ch-smpp', [libraries, classes, 'java']);
const many = messagesThrough(100);
const fullQueue = '12125550111';

async function withChSmpp(
  throttleEvery: number,
  body: (running: NetworkCarrier) => Promise<void>,
  config: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const port = await freePort();
  const server = [
    '-cp',
    `${libraries}/*:${classes}`,
    'Server',
    String(port),
    String(throttleEvery),
    fullQueue,
  ];
  const peer = await startPeer('java', ['-Xmx128m', ...server], /listening/);
  try {
    // The SMSC sends a refused receipt no second time: none may find the window full, however slow the machine is.
    const windows = { window: 50, inbound_window: 1000 };
    await withNetworkCarrier({ hosts: [`127.0.0.1:${port}`], ...windows, ...config }, body);
  } finally {
    await peer.kill();
  }
}

describe('ch-smpp', { skip }, () => {
  test('says each name in hexadecimal and in decimal: the optional parameter counts, and finds its part', (t) =>
    withChSmpp(0, async ({ carrier, recorder }) => {
      await isUp(carrier);
      const submissions = halfInParts(many);
      const names = await submitAll(carrier, submissions, (sentence) => t.diagnostic(sentence));
      assert.equal(new Set(names).size, many * 2);
      assert.ok(names.every((name) => /^1e6[0-9a-f]{5}$/.test(name)));
      await until(() => recorder.reports.length >= many * 2, 30_000 + many * 30);
      assert.deepEqual(recorder.reports.map(({ names: [first] }) => first).sort(), names.toSorted());
      assert.ok(recorder.reports.every(({ outcome }) => outcome === 'delivered'));
    }));

  test('throttles every twentieth with a body: none is lost, and none fails', () =>
    withChSmpp(20, async ({ carrier, recorder }) => {
      await isUp(carrier);
      const names: string[] = [];
      for (let ordinal = 0; ordinal < 60; ordinal++) {
        const submission = sampleSubmission({ ordinal, reference: `message ${ordinal}` });
        names.push(...(await submitUntilTaken(carrier, submission)));
      }
      assert.equal(new Set(names).size, 60);
      assert.ok((carrier.status().counts.throttled ?? 0) >= 3);
      await until(() => recorder.reports.length >= 60);
    }));

  test('has one destination whose queue is full: that message is to blame, and others pass', () =>
    withChSmpp(0, async ({ carrier }) => {
      await isUp(carrier);
      const full = sampleSubmission({ destination: fullQueue, reference: 'full' });
      for (const [ordinal, failure] of (['throttled', 'throttled', 'carrierFault'] as const).entries()) {
        await until(() => carrier.room(full.sender) > 0);
        await assert.rejects(carrier.submit(full), failsWith(failure));
        await submitUntilTaken(carrier, sampleSubmission({ ordinal, reference: `other ${ordinal}` }));
      }
    }));

  test('refuses a wrong password', () =>
    withChSmpp(
      0,
      async ({ carrier }) => {
        await until(() => carrier.status().state === 'refused');
        assert.match(carrier.status().lastError?.text ?? '', /0x0e ESME_RINVPASWD$/);
      },
      { password: 'wrong' },
    ));
});
