// An ephemeral server as a child process, which ends with this one.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../server/main.js', import.meta.url));

/** A server that is ready, and its first account, which is the operator's. */
export interface ServerProcess {
  readonly url: string;
  readonly authId: string;
  readonly authToken: string;
  /** Ends it; resolves once it has ended. */
  stop(): Promise<void>;
}

/**
 * Starts a server with these settings. Of this process's environment it gets the path of programs alone.
 * @throws Error with the server's own words when it does not start.
 */
export async function startServerProcess(settings: Readonly<Record<string, string>>): Promise<ServerProcess> {
  const child = spawn(process.execPath, [program, 'start'], {
    // A `.env` file of the program that is tested is not the server's.
    cwd: tmpdir(),
    env: {
      PATH: process.env.PATH ?? '',
      RUCKSACK_EPHEMERAL: 'on',
      RUCKSACK_READY_FILE: '-',
      RUCKSACK_STOP_WITH_INPUT: 'on',
      RUCKSACK_LOG_LEVEL: 'warn',
      ...settings,
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = `${said}${text}`.slice(-10_000);
  });
  const ended = once(child, 'exit').then(() => undefined);
  const lines = createInterface({ input: child.stdout });
  const ready = await Promise.race([once(lines, 'line') as Promise<[string]>, ended]);
  if (ready === undefined) throw new Error(`the server did not start: ${said.trim()}`);
  const { url, auth_id: authId, auth_token: authToken } = JSON.parse(ready[0]);
  return {
    url,
    authId,
    authToken,
    async stop() {
      child.stdin.end();
      await ended;
    },
  };
}
