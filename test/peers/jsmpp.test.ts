// jSMPP's simulator as the SMSC: names in hexadecimal and receipts in decimal, a message right behind the bind, TLS (carriers.md section
// 6.2, points 6 and 7).
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { candidateNames, nameRules } from '../../src/carriers/smpp/message-names.ts';
import { failsWith } from '../support/smpp-carrier.ts';
import { sampleSubmission } from '../support/submissions.ts';
import { until } from '../support/until.ts';
import { halfInParts, isUp, submitAll, submitUntilTaken, withNetworkCarrier } from './network-carrier.ts';
import { freePort, messagesThrough, type Peer, scratchOf, skipWithout, startPeer } from './peers.ts';

const many = messagesThrough(200);
/** The simulator sends few receipts at once. */
const receiptsMs = 30_000 + many * 30;
const scratch = scratchOf('jsmpp');
const libraries = join(scratch, 'lib');
const skip = skipWithout('jsmpp', [libraries, 'java', 'jar', 'keytool']);
const keystore = join(scratch, 'ssl', 'keystore.p12');
const certificate = join(scratch, 'jsmpp.pem');

interface Running {
  readonly config: Readonly<Record<string, unknown>>;
  readonly peer: Peer;
}

async function withJsmpp(isTls: boolean, body: (running: Running) => Promise<void>): Promise<void> {
  const port = await freePort();
  const properties = {
    'jsmpp.simulator.port': port,
    'jsmpp.client.systemId': 'rucksack',
    'jsmpp.client.password': 'hunter22',
    'jsmpp.simulator.ssl': isTls,
    'org.slf4j.simpleLogger.defaultLogLevel': 'info',
    'org.slf4j.simpleLogger.log.org.jsmpp.session': 'warn',
  };
  const given = Object.entries(properties).map(([name, value]) => `-D${name}=${value}`);
  const args = ['-Xmx128m', ...given, '-cp', `${libraries}/*`, 'org.jsmpp.examples.SMPPServerSimulator'];
  const peer = await startPeer('java', args, /Listening on port/, {
    cwd: isTls ? join(scratch, 'ssl') : scratch,
  });
  try {
    await body({ config: { hosts: [`127.0.0.1:${port}`], password: 'hunter22', window: 50 }, peer });
  } finally {
    await peer.kill();
  }
}

describe('jsmpp', { skip }, () => {
  test(`takes ${many} messages, half of them in three parts, and every receipt finds its part`, (t) =>
    withJsmpp(false, async ({ config }) => {
      await withNetworkCarrier({ ...config, inbound_window: 1000 }, async ({ carrier, recorder }) => {
        await isUp(carrier);
        const submissions = halfInParts(many);
        const names = await submitAll(carrier, submissions, (sentence) => t.diagnostic(sentence));
        assert.equal(names.length, many * 2);
        await until(() => recorder.reports.length >= many * 2, receiptsMs);
        const known = new Set(names);
        const found = recorder.reports.map(({ names: candidates }) =>
          candidates.filter((name) => known.has(name)),
        );
        assert.ok(found.every(({ length }) => length === 1));
        assert.deepEqual(new Set(found.flat()), known);
        // After the first twenty the rule is learned: the first candidate is the name.
        const { names: last = [] } = recorder.reports.at(-1) ?? {};
        assert.ok(known.has(last[0] ?? ''), 'hex-decimal is the first rule');
        assert.ok(candidateNames(['255'], nameRules).includes('ff'));
      });
    }));

  test('sends a message right behind the bind, which is received once', () =>
    withJsmpp(false, async ({ config }) => {
      await withNetworkCarrier(config, async ({ carrier, recorder }) => {
        await isUp(carrier);
        await until(() => recorder.messages.length > 0);
        await submitUntilTaken(carrier, sampleSubmission());
        assert.equal(recorder.messages.length, 1);
        assert.notEqual(recorder.messages[0]?.text, '');
      });
    }));

  test('refuses a wrong password, which is in no line of the log', () =>
    withJsmpp(false, async ({ config }) => {
      await withNetworkCarrier({ ...config, password: 'secret99' }, async ({ carrier, lines }) => {
        await until(() => carrier.status().state === 'refused');
        assert.match(carrier.status().lastError?.text ?? '', /0x0e ESME_RINVPASWD$/);
        await assert.rejects(carrier.submit(sampleSubmission()), failsWith('misconfigured'));
        assert.ok(lines.length > 0);
        assert.ok(!lines.join().includes('secret99'));
      });
    }));
});

describe('jsmpp with TLS', { skip }, () => {
  before(() => {
    const jar = readdirSync(libraries).find((name) => name.startsWith('jsmpp-examples')) ?? '';
    run('jar', ['-xf', join(libraries, jar), 'ssl']);
    // The password is in the script that made the store, beside it in the jar.
    const store = ['-keystore', keystore, '-storepass', 'password', '-alias', 'selfsigned'];
    run('keytool', ['-exportcert', '-rfc', '-file', certificate, ...store]);
  });

  const refused: [what: string, tls: object, reason: RegExp][] = [
    ['without its certificate', {}, /self-signed certificate/],
    [
      'under another name',
      { ca_file: certificate, server_name: 'smsc.example' },
      /does not match certificate/,
    ],
  ];
  for (const [what, tls, reason] of refused) {
    test(`is not trusted ${what}`, () =>
      withJsmpp(true, async ({ config }) => {
        await withNetworkCarrier({ ...config, tls }, async ({ carrier }) => {
          await until(() => carrier.status().lastError !== undefined);
          assert.match(carrier.status().lastError?.text ?? '', reason);
          assert.equal(carrier.status().state, 'down');
        });
      }));
  }

  test('is trusted with its certificate and its name, and takes messages', () =>
    withJsmpp(true, async ({ config }) => {
      const tls = { ca_file: certificate, server_name: 'jSMPP' };
      await withNetworkCarrier({ ...config, tls }, async ({ carrier, recorder, lines }) => {
        await isUp(carrier);
        await submitUntilTaken(carrier, sampleSubmission());
        await until(() => recorder.reports.length > 0);
        assert.ok(!lines.join().includes('hunter22'));
      });
    }));
});

function run(program: string, args: readonly string[]): void {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: scratch, encoding: 'utf8' });
  assert.equal(status, 0, `${stdout}${stderr}`);
}
