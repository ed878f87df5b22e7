// smpp34 as the SMSC: receipts before the answers to their messages, and refusals (carriers.md section 6.2, points 8 and 9).
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { sampleSubmission } from '../support/submissions.ts';
import { isUp, type NetworkCarrier, submitUntilTaken, withNetworkCarrier } from './network-carrier.ts';
import { folderOf, freePort, scratchOf, skipWithout, startPeer } from './peers.ts';

const python = join(scratchOf('smpp34'), 'venv', 'bin', 'python3');
const skip = skipWithout('smpp34', [python]);

async function withSmpp34(
  refuseEvery: number,
  body: (running: NetworkCarrier) => Promise<void>,
): Promise<void> {
  const port = await freePort();
  const peer = await startPeer(
    python,
    [join(folderOf('smpp34'), 'server.py'), String(port), String(refuseEvery)],
    /listening/,
  );
  try {
    await withNetworkCarrier({ hosts: [`127.0.0.1:${port}`], rate: 500 }, async (running) => {
      await isUp(running.carrier);
      await body(running);
    });
  } finally {
    await peer.kill();
  }
}

describe('smpp34', { skip }, () => {
  test('reports on 1,000 messages before it answers them: each report is told under the name that follows', () =>
    withSmpp34(0, async ({ carrier, recorder }) => {
      const names: string[] = [];
      for (let ordinal = 0; ordinal < 1000; ordinal += 10) {
        const batch = Array.from({ length: 10 }, (_, index) =>
          submitUntilTaken(carrier, sampleSubmission({ ordinal: ordinal + index })),
        );
        names.push(...(await Promise.all(batch)).flat());
      }
      assert.equal(new Set(names).size, 1000);
      assert.deepEqual(recorder.reports.map(({ names: [name] }) => name).sort(), names.toSorted());
      assert.ok(
        recorder.reports.every(
          ({ outcome, destination }) => outcome === 'delivered' && destination === '12125550199',
        ),
      );
    }));

  test('refuses every tenth message for now: none is lost, and none fails', () =>
    withSmpp34(10, async ({ carrier, recorder }) => {
      const names: string[] = [];
      for (let ordinal = 0; ordinal < 40; ordinal++) {
        names.push(
          ...(await submitUntilTaken(
            carrier,
            sampleSubmission({ ordinal, reference: `message ${ordinal}` }),
          )),
        );
      }
      assert.equal(new Set(names).size, 40);
      assert.equal(recorder.reports.length, 40);
      assert.ok((carrier.status().counts.throttled ?? 0) >= 4);
    }));
});
