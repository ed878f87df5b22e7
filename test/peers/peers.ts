// Peers that others wrote: where `npm run test:carriers` has installed them, how they are started, and what is done without them.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { packageRoot } from '../../src/base/package-root.ts';
import { until } from '../support/until.ts';

/** Returns the folder of files that belong to a peer. */
export const folderOf = (peer: string): string => join(packageRoot, 'test', 'peers', peer);
/** Returns the folder that a peer is installed in. */
export const scratchOf = (peer: string): string => join(packageRoot, '.scratch', 'peers', peer);

/**
 * Returns why the tests with a peer are skipped: it is not installed, and need not be. `SKIP_MISSING_PEERS` is set by
 * `npm run test:carriers -- --skip-missing`; without it the tests run, and fail without the peer.
 * @param files paths, or names of programs
 */
export function skipWithout(peer: string, files: readonly string[]): string | false {
  const missing = files.filter((file) => !isThere(file));
  if (missing.length === 0 || process.env.SKIP_MISSING_PEERS === undefined) return false;
  return `${peer} is not installed: ${missing.join(', ')}`;
}

/** Returns how many messages go through a peer: `few`, unless `npm run test:carriers -- --messages 10000` says otherwise. */
export function messagesThrough(few: number): number {
  const given = Number(process.env.CARRIER_MESSAGES ?? few);
  if (!Number.isInteger(given) || given < 1) throw new Error('--messages must be a positive integer');
  return given;
}

/** Returns whether a path is there, or a program of this name. */
export function isThere(file: string): boolean {
  if (file.includes('/')) return existsSync(file);
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, file)));
}

export interface Peer {
  readonly pid: number | undefined;
  /** All that it has printed. */
  output(): string;
  /** Ends it as a crash would. */
  kill(): Promise<void>;
}

/** RabbitMQ takes as long on a busy machine. */
const startLimitMs = 180_000;

/**
 * Starts a program; resolves once its output matches `ready`: some peers serve one client at a time, and a look at their port would be
 * the first. Rejects with what it printed when it ends before, or takes three minutes.
 */
export async function startPeer(
  program: string,
  args: readonly string[],
  ready: RegExp,
  options: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<Peer> {
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own: some are scripts, and what they start must not outlive them.
    detached: true,
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
  });
  let output = '';
  const collect = (text: string) => {
    if (output.length < 1_000_000) output += text;
  };
  child.stdout.setEncoding('utf8').on('data', collect);
  child.stderr.setEncoding('utf8').on('data', collect);
  let failure: Error | undefined;
  child.on('error', (error) => {
    failure = error;
  });
  const hasEnded = () => failure !== undefined || child.exitCode !== null || child.signalCode !== null;
  await until(() => hasEnded() || ready.test(output), startLimitMs).catch(() => {});
  if (hasEnded() || !ready.test(output)) {
    await kill(child);
    throw new Error(`${program} did not start: ${failure?.message ?? output}`);
  }
  return { pid: child.pid, output: () => output, kill: () => kill(child) };
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  process.kill(-child.pid, 'SIGKILL');
  await exited;
}

/** Returns a port of this machine that was free just now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
