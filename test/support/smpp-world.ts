// A server whose text messages go to a scripted SMSC, over a real connection.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemTimers } from '../../src/base/timers.ts';
import { startTestApp, type TestApp } from './app.ts';
import { Smsc } from './smsc.ts';
import { until } from './until.ts';

/** Own numbers of the account that go out over the SMSC. */
export const ownNumbers = ['14155552671', '14155552672'] as const;
export const handset = '12125552368';

export interface SmppWorld {
  readonly server: TestApp;
  readonly smsc: Smsc;
  close(): Promise<void>;
}

/** Writes a file of carriers with one SMSC, to which all text messages go. Returns its path. */
export async function writeCarriers(
  folder: string,
  address: string,
  config: object = {},
  name = 'carriers.json',
): Promise<string> {
  const path = join(folder, name);
  const carrier = { name: 'smsc', hosts: [address], system_id: 'rucksack', password: 'secret', ...config };
  const routes = [{ service: 'sms', carrier: 'smsc' }];
  await writeFile(path, JSON.stringify({ carriers: [carrier], routes }), { mode: 0o600 });
  return path;
}

/** Starts both, and waits for the bind. */
export async function startSmppWorld(config: object = {}): Promise<SmppWorld> {
  const smsc = new Smsc(systemTimers);
  const { address, close } = await smsc.listen();
  const folder = await mkdtemp(join(tmpdir(), 'rucksack-smpp-'));
  const path = await writeCarriers(folder, address, config);
  const server = await startTestApp({ RUCKSACK_CARRIERS: path });
  const numbers = { numbers: ownNumbers.join(','), carrier: 'own', region: 'California' };
  assert.equal((await server.call('POST', 'Number/', numbers)).status, 202);
  await until(() => smsc.bound.length > 0);
  return {
    server,
    smsc,
    async close() {
      await server.stop();
      close();
      await rm(folder, { recursive: true });
    },
  };
}
