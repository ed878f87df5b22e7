// `npm run test:failover [-- 'is killed' …] [--seed 1]`: several hosts over a highly available PostgreSQL, through failures and an upgrade. Needs root on Linux, and
// Debian's patroni, etcd-server, haproxy, iproute2 and postgresql. It runs in namespaces of its own: hosts, programs and files end with
// it, however it ends.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isOnPath } from '../test/sdks/processes.mjs';
import { makeReady, root } from './ready.mjs';

const limitMs = 12 * 60_000;

makeReady();
const missing = ['patroni', 'etcd', 'haproxy', 'ip', 'unshare', 'setpriv'].filter((tool) => !isOnPath(tool));
if (missing.length > 0 || process.getuid?.() !== 0) {
  const reason = missing.length > 0 ? `there is no ${missing.join(', no ')}` : 'only root can make hosts';
  process.stderr.write(`test:failover cannot run: ${reason}\n`);
  process.exit(1);
}
const folder = mkdtempSync(join(tmpdir(), 'rucksack-failover-'));
const namespaces = ['--net', '--mount', '--pid', '--ipc', '--fork', '--kill-child', '--mount-proc'];
// The shell is process 1 there, and reaps what its programs leave behind.
const inside =
  'mkdir -p /run/netns && mount -t tmpfs tmpfs /run/netns && mount -t tmpfs -o mode=755 tmpfs "$TMPDIR" && node "$@"; exit $?';
const program = join(root, 'dist', 'test', 'robustness', 'failover', 'failover.js');
// This program may be killed, and the rest ends with it all the same.
const unshare = ['--pdeathsig', 'KILL', 'unshare', ...namespaces];
const { status } = spawnSync(
  'setpriv',
  [...unshare, 'sh', '-c', inside, 'sh', program, ...process.argv.slice(2)],
  { stdio: 'inherit', env: { ...process.env, TMPDIR: folder }, timeout: limitMs, killSignal: 'SIGKILL' },
);
rmdirSync(folder);
process.exitCode = status ?? 1;
