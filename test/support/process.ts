// The server and the command line as real processes.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../src/base/package-root.ts';

/**
 * The command line as tests run it: for seconds, so that to optimise the embedded database's WebAssembly would cost more than it
 * saves.
 */
export const rucksackCommand: readonly string[] = [
  process.execPath,
  '--liftoff-only',
  join(packageRoot, 'dist', 'server', 'main.js'),
];

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export type Environment = Readonly<Record<string, string>>;

/** Returns settings for a process of a test: of the test's own environment only the path of programs. */
export function processEnvironment(dataDir: string, more: Environment = {}): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    RUCKSACK_DATA_DIR: dataDir,
    RUCKSACK_PORT: '0',
    RUCKSACK_TLS_PORT: '0',
    RUCKSACK_LOG_LEVEL: 'error',
    ...more,
  };
}

/** Runs `rucksack …` to its end, in this working directory or another. */
export async function runCommand(
  args: readonly string[],
  environment: Environment,
  cwd?: string,
): Promise<Outcome> {
  const [file = '', ...first] = rucksackCommand;
  const child = spawn(file, [...first, ...args], {
    env: environment,
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr] = [collect(child, 'stdout'), collect(child, 'stderr')];
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout: stdout(), stderr: stderr() };
}

/** Servers of tests that have not ended: a failed test stops none. */
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

export interface RunningServer {
  readonly url: string;
  readonly child: ChildProcess;
  /** Its output for the operator at start. */
  readonly greeting: string;
  /** Resolves when it has ended, however it did. */
  readonly ended: Promise<Outcome>;
  /** Sends SIGTERM and waits for the end. */
  stop(): Promise<Outcome>;
}

/** Starts `rucksack start` and waits until it has greeted. Rejects with its own words when it ends instead. */
export async function startProcess(
  environment: Environment,
  command: readonly string[] = [...rucksackCommand, 'start'],
): Promise<RunningServer> {
  const [file = '', ...args] = command;
  const child = spawn(file, args, { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  const [stdout, stderr] = [collect(child, 'stdout'), collect(child, 'stderr')];
  const ended = once(child, 'close').then(([code]): Outcome => {
    running.delete(child);
    return { code, stdout: stdout(), stderr: stderr() };
  });
  const greeted = new Promise<void>((resolve) => {
    child.stdout?.on('data', () => {
      if (stdout().includes('Try it:')) resolve();
    });
  });
  const early = await Promise.race([greeted, ended]);
  const [url] = /http:\/\/[^\s]+/.exec(stdout()) ?? [];
  if (early !== undefined || url === undefined) throw new Error(`the server did not start: ${stderr()}`);
  return {
    url,
    child,
    greeting: stdout(),
    ended,
    stop() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

function collect(child: ChildProcess, stream: 'stdout' | 'stderr'): () => string {
  let text = '';
  child[stream]?.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  return () => text;
}

/** Makes a new directory, which the returned function removes. */
export async function makeTemporaryDirectory(): Promise<{ path: string; remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'rucksack-test-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
