// `npm run check:deploy`: the Dockerfile, the Kubernetes manifests and the systemd unit, each held to its rules by a tool for it.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isOnPath } from '../test/sdks/processes.mjs';
import { root } from './ready.mjs';

const checks = join(root, 'deploy', 'checks');
const environment = join(root, '.scratch', 'deploy');
const python = join(environment, 'bin', 'python');

installTools();
const results = [
  check('Dockerfile', join(environment, 'bin', 'hadolint'), ['Dockerfile']),
  check('Kubernetes', python, [join(checks, 'manifests.py'), 'deploy/kubernetes/rucksack.yaml']),
];
if (isOnPath('systemd-analyze')) {
  results.push(check('systemd', 'systemd-analyze', ['verify', '--man=no', 'deploy/rucksack.service']));
} else console.log('systemd: skipped, for lack of systemd-analyze');
const failed = results.filter((ok) => !ok).length;
console.log(`${results.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** Installs the tools in a virtual environment when their versions changed. */
function installTools() {
  const pins = join(checks, 'requirements.txt');
  const stamp = join(environment, '.installed');
  const wanted = createHash('sha256').update(readFileSync(pins)).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  rmSync(environment, { recursive: true, force: true });
  for (const [program, ...args] of [
    ['python3', '-m', 'venv', environment],
    [python, '-m', 'pip', 'install', '--quiet', '--requirement', pins],
  ]) {
    const { status } = spawnSync(program, args, { stdio: 'inherit' });
    if (status !== 0) process.exit(1);
  }
  writeFileSync(stamp, wanted);
}

/** Runs a tool; returns whether it found nothing wrong. */
function check(what, program, args) {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: root, encoding: 'utf8' });
  const isGood = status === 0;
  console.log(`${what}: ${isGood ? 'good' : 'WRONG'}`);
  process.stdout.write(`${stdout ?? ''}${stderr ?? ''}`);
  return isGood;
}
