// A PostgreSQL server that a test may kill, of the newest version on this machine.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, readdir, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';

const run = promisify(execFile);
const programs = '/usr/lib/postgresql';

export interface Cluster {
  readonly url: string;
  /** Stops it without notice to its clients and without a checkpoint, as a power cut would. */
  crash(): Promise<void>;
  /** Kills one of its processes: the server then ends all connections and recovers by itself. */
  crashConnection(): Promise<void>;
  start(): Promise<void>;
  remove(): Promise<void>;
}

/** Makes a cluster and starts it. PostgreSQL refuses to run as root: as root it runs as the user postgres. */
export async function makeCluster(): Promise<Cluster> {
  const folder = await mkdtemp(join(tmpdir(), 'rucksack-cluster-'));
  const data = join(folder, 'data');
  const port = await findFreePort();
  const bin = await findPrograms();
  if (process.getuid?.() === 0) await chown(folder, await userId('postgres'), -1);
  const as = (program: string, args: readonly string[]) =>
    process.getuid?.() === 0
      ? (['runuser', ['-u', 'postgres', '--', join(bin, program), ...args]] as const)
      : ([join(bin, program), [...args]] as const);
  const [initdb, initdbArgs] = as('initdb', [
    '-D',
    data,
    '-A',
    'trust',
    '-U',
    'postgres',
    '-E',
    'UTF8',
    '--locale=C.UTF-8',
  ]);
  await run(initdb, initdbArgs);
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${folder} -c max_connections=200`;

  const cluster: Cluster = {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    async crash() {
      await control('stop', '-m', 'immediate');
    },
    async crashConnection() {
      const client = new pg.Client({ connectionString: cluster.url });
      // The server ends this connection, too.
      client.on('error', () => {});
      await client.connect();
      const { rows } = await client.query('select pg_backend_pid() as pid');
      process.kill(rows[0].pid, 'SIGKILL');
    },
    start: () => control('start', '-l', join(folder, 'log'), '-o', options),
    async remove() {
      await control('stop', '-m', 'immediate').catch(() => undefined);
      await rm(folder, { recursive: true, force: true });
    },
  };
  await cluster.start();
  return cluster;

  async function control(...args: readonly string[]): Promise<void> {
    const [program, all] = as('pg_ctl', ['-D', data, '-w', ...args]);
    // The server inherits the streams of pg_ctl, so their end must not be waited for.
    const child = spawn(program, all, { stdio: 'ignore' });
    const [code] = await once(child, 'exit');
    if (code !== 0) throw new Error(`pg_ctl ${args[0]} ended with ${code}`);
  }
}

async function findPrograms(): Promise<string> {
  const versions = await readdir(programs);
  const newest = versions.map(Number).sort((a, b) => b - a)[0];
  return join(programs, String(newest), 'bin');
}

async function userId(name: string): Promise<number> {
  return Number((await run('id', ['-u', name])).stdout);
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
