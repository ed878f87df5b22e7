// Running a test script in a real second process.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface Child {
  pid: number;
  /** Its output, line by line. */
  lines: AsyncIterator<string, undefined>;
  /** Ends it as a crash would: nothing in it gets to run any more. */
  kill(): Promise<void>;
}

/** Starts `test/support/<script>.js` with `args`. */
export function startChild(script: string, args: readonly string[]): Child {
  const path = fileURLToPath(new URL(`./${script}.js`, import.meta.url));
  const child = spawn(process.execPath, [path, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  return {
    pid: child.pid ?? 0,
    lines: createInterface({ input: child.stdout })[Symbol.asyncIterator](),
    kill: () => killNow(child),
  };
}

async function killNow(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}
