// A real PgBouncer before the test's PostgreSQL, where one is installed (or named by PGBOUNCER).
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const program = process.env.PGBOUNCER ?? 'pgbouncer';

/** Returns the version of the installed PgBouncer, as `1.21` is 1.21; `undefined` where there is none. */
export function poolerVersion(): { readonly text: string; readonly keepsStatements: boolean } | undefined {
  try {
    const [, major = '', minor = ''] =
      /(\d+)\.(\d+)/.exec(execFileSync(program, ['--version'], { encoding: 'utf8' })) ?? [];
    const keepsStatements = Number(major) > 1 || Number(minor) >= 21;
    return { text: `${major}.${minor}`, keepsStatements };
  } catch {
    return undefined;
  }
}

export interface PoolerOptions {
  readonly mode: 'session' | 'transaction';
  /** Of the server's connections, for each database. */
  readonly poolSize: number;
  /** How many prepared statements it keeps for a connection; `undefined` for a version that does not know the setting. */
  readonly preparedStatements: number | undefined;
}

export interface Pooler {
  /** The address of a database of the server, by way of the pooler. */
  urlOf(databaseUrl: string): string;
  stop(): Promise<void>;
}

/** Starts a pooler before the server of `serverUrl`, and waits until it listens. */
export async function startPooler(serverUrl: string, options: PoolerOptions): Promise<Pooler> {
  const { hostname, port: serverPort, username, password } = new URL(serverUrl);
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'rucksack-pooler-'));
  const secret = password === '' ? '' : ` password=${decodeURIComponent(password)}`;
  const settings = [
    '[databases]',
    `* = host=${hostname} port=${serverPort || '5432'} user=${decodeURIComponent(username)}${secret}`,
    '[pgbouncer]',
    'listen_addr = 127.0.0.1',
    `listen_port = ${port}`,
    'unix_socket_dir =',
    'auth_type = any',
    `pool_mode = ${options.mode}`,
    `default_pool_size = ${options.poolSize}`,
    ...(options.preparedStatements === undefined
      ? []
      : [`max_prepared_statements = ${options.preparedStatements}`]),
  ];
  const file = join(folder, 'pgbouncer.ini');
  await writeFile(file, `${settings.join('\n')}\n`);
  // It does not run as root, and then has to read its file as somebody else.
  await chmod(folder, 0o755);
  const asOther = process.getuid?.() === 0 ? ['-u', 'nobody'] : [];
  const child = spawn(program, [...asOther, file], { stdio: ['ignore', 'ignore', 'pipe'] });
  let told = '';
  for await (const chunk of child.stderr) {
    told += chunk;
    if (told.includes('process up')) break;
  }
  if (!told.includes('process up')) throw new Error(`PgBouncer did not start: ${told}`);
  child.stderr.resume();
  return {
    urlOf(databaseUrl) {
      const url = new URL(databaseUrl);
      url.host = `127.0.0.1:${port}`;
      return url.href;
    },
    async stop() {
      if (child.exitCode === null) {
        child.kill('SIGINT');
        child.kill('SIGTERM');
        await once(child, 'exit');
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('there is no free port');
  return address.port;
}
