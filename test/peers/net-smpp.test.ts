// Net::SMPP as the SMSC: a transmitter and a receiver, and one name for all messages (carriers.md section 6.2, point 11).
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { sampleSubmission } from '../support/submissions.ts';
import { until } from '../support/until.ts';
import { isUp, submitUntilTaken, withNetworkCarrier } from './network-carrier.ts';
import { folderOf, freePort, skipWithout, startPeer } from './peers.ts';

const skip = skipWithout('Net::SMPP', ['perl', '/usr/share/perl5/Net/SMPP.pm']);

test('Net::SMPP names all messages alike: each is taken, and it shows that names repeat', {
  skip,
}, async () => {
  const port = await freePort();
  const peer = await startPeer('perl', [join(folderOf('net-smpp'), 'server.pl'), String(port)], /listening/);
  try {
    await withNetworkCarrier({ hosts: [`127.0.0.1:${port}`], bind: 'pair' }, async ({ carrier }) => {
      await isUp(carrier);
      for (let ordinal = 0; ordinal < 10; ordinal++) {
        assert.deepEqual(await submitUntilTaken(carrier, sampleSubmission({ ordinal })), ['123456789']);
      }
      assert.equal(carrier.status().counts['names repeated'], 9);
      assert.deepEqual(carrier.status().warnings, ['names_repeat']);
    });
    await until(() => peer.output().split('unbound').length === 3);
  } finally {
    await peer.kill();
  }
});
