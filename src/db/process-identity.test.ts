// Whether another process is alive, as a table of the known facts.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { identifyThisProcess, isAlive, type ProcessIdentity } from './process-identity.ts';

const self = identifyThisProcess();

const cases: { title: string; other: Partial<ProcessIdentity>; alive: boolean | undefined }[] = [
  { title: 'the same process', other: {}, alive: true },
  { title: 'the pid, but another start', other: { startTicks: '1' }, alive: false },
  { title: 'the pid and start of before a reboot', other: { bootId: 'an earlier boot' }, alive: false },
  { title: 'another container', other: { pidNamespace: 'pid:[1]' }, alive: undefined },
  { title: 'another machine', other: { host: 'elsewhere' }, alive: undefined },
  { title: 'a living pid whose start nobody knows', other: { startTicks: undefined }, alive: undefined },
];

test('a process is recognised by pid, start, boot and namespace', {
  skip: self.startTicks === undefined,
}, () => {
  for (const { title, other, alive } of cases) {
    assert.equal(isAlive({ ...self, ...other }, self), alive, title);
  }
});

test('a process that ended is not alive', async () => {
  const child = spawn(process.execPath, ['--eval', '']);
  await once(child, 'exit');
  assert.equal(isAlive({ ...self, pid: child.pid ?? 0 }, self), false);
});
