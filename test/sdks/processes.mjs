// Runs other programs to their end, within a time, and never leaves one behind.
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Output beyond this is dropped, in characters. */
const maxOutput = 1_000_000;

/**
 * Runs a command and answers its status and all that it printed. One that takes too long is killed, with the programs
 * that it started; its status is then `null`, and its output says so.
 * @param {{ program: string, args: string[], cwd?: string, env?: NodeJS.ProcessEnv }} command
 * @param {{ limitMs: number, signal: AbortSignal }} bounds
 * @returns {Promise<{ status: number | null, output: string }>}
 */
export function run({ program, args, cwd, env = process.env }, { limitMs, signal }) {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const collect = (text) => {
      if (output.length < maxOutput) output += text;
    };
    child.stdout.setEncoding('utf8').on('data', collect);
    child.stderr.setEncoding('utf8').on('data', collect);

    const abort = () => killGroup(child);
    const timer = setTimeout(() => {
      collect(`\n${program} took more than ${limitMs / 1000} seconds`);
      killGroup(child);
    }, limitMs);
    signal.addEventListener('abort', abort);
    const recordResult = (answer) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      if (signal.aborted) reject(signal.reason);
      else answer();
    };
    child.on('error', (error) => recordResult(() => reject(error)));
    child.on('close', (status) => recordResult(() => resolve({ status, output })));
  });
}

/** Runs a command that must succeed; what it printed goes into the error when it does not. */
export async function runOrThrow(command, bounds) {
  const { status, output } = await run(command, bounds);
  if (status === 0) return output;
  throw new Error(`${[command.program, ...command.args].join(' ')} failed:\n${output}`);
}

export function isOnPath(program) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Returns the environment without variables that would lead a server or an SDK elsewhere. */
export function neutralEnvironment() {
  const leads = /^(RUCKSACK_|PLIVO_)|^DATABASE_URL$|^(https?|all|no)_proxy$/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !leads.test(name)));
}

/** Ends a process group: each program leads one, so that its own processes end with it. */
function killGroup(child) {
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}
