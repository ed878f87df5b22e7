// One PostgreSQL server of a test, of the newest version on this machine.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, chown, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';

const run = promisify(execFile);
const programs = '/usr/lib/postgresql';

/** A server with a data directory and a port of its own, which it keeps. PostgreSQL refuses to run as root: as root it runs as the user postgres. */
export class PostgresNode {
  readonly host: string;
  readonly url: string;
  readonly #folder: string;
  readonly #bin: string;
  readonly #port: number;

  private constructor(folder: string, bin: string, port: number) {
    this.host = `127.0.0.1:${port}`;
    this.url = `postgres://postgres@${this.host}/postgres`;
    this.#folder = folder;
    this.#bin = bin;
    this.#port = port;
  }

  /** Makes a node without data. */
  static async make(): Promise<PostgresNode> {
    const folder = await mkdtemp(join(tmpdir(), 'rucksack-postgres-'));
    if (process.getuid?.() === 0) await chown(folder, await userId('postgres'), -1);
    return new PostgresNode(folder, await findPrograms(), await findFreePort());
  }

  /** Makes an empty database cluster. */
  async initialise(): Promise<void> {
    await this.#run('initdb', '-A', 'trust', '-U', 'postgres', '-E', 'UTF8', '--locale=C.UTF-8');
  }

  /** Replaces its data by a copy of another node's; started, it follows that node. */
  async copy(other: PostgresNode): Promise<void> {
    await rm(this.#data, { recursive: true, force: true });
    await this.#run('pg_basebackup', '--write-recovery-conf', '--checkpoint=fast', '-d', other.url);
  }

  /** Replaces its data by a base backup of another node's. */
  async takeBaseBackup(other: PostgresNode): Promise<void> {
    await this.#run('pg_basebackup', '--checkpoint=fast', '-d', other.url);
  }

  /** Starts to archive its log, for which a running server is restarted. Returns the folder. */
  async archive(): Promise<string> {
    const archive = join(this.#folder, 'archive');
    await mkdir(archive);
    if (process.getuid?.() === 0) await chown(archive, await userId('postgres'), -1);
    await this.query(
      'alter system set archive_mode = on',
      `alter system set archive_command = 'test ! -f ${archive}/%f && cp %p ${archive}/%f.part && mv ${archive}/%f.part ${archive}/%f'`,
    );
    await this.#control('stop', '-m', 'fast');
    await this.start();
    return archive;
  }

  /** Makes it replay an archive up to a moment, and then take writes, when it is started. */
  async recoverTo(archive: string, moment: string): Promise<void> {
    const settings = [
      `restore_command = 'cp ${archive}/%f %p'`,
      `recovery_target_time = '${moment}'`,
      `recovery_target_action = promote`,
      // The copy has the other's settings, which would archive its log in the same folder.
      `archive_mode = off`,
    ];
    await appendFile(join(this.#data, 'postgresql.auto.conf'), `${settings.join('\n')}\n`);
    await writeFile(join(this.#data, 'recovery.signal'), '');
  }

  start(): Promise<void> {
    const options = `-p ${this.#port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${this.#folder} -c max_connections=200`;
    return this.#control('start', '-l', join(this.#folder, 'log'), '-o', options);
  }

  /** Stops it without notice to its clients and without a checkpoint, as a power cut would. */
  crash(): Promise<void> {
    return this.#control('stop', '-m', 'immediate');
  }

  /** Makes a standby take writes. */
  promote(): Promise<void> {
    return this.#control('promote');
  }

  /** Runs statements, one after the other; returns the rows of the last one. */
  async query(...statements: readonly string[]): Promise<Record<string, unknown>[]> {
    const client = new pg.Client({ connectionString: this.url });
    // A statement may end this very connection.
    client.on('error', () => {});
    await client.connect();
    try {
      let rows: Record<string, unknown>[] = [];
      for (const statement of statements) ({ rows } = await client.query(statement));
      return rows;
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  async remove(): Promise<void> {
    await this.crash().catch(() => undefined);
    await rm(this.#folder, { recursive: true, force: true });
  }

  get #data(): string {
    return join(this.#folder, 'data');
  }

  async #run(program: string, ...args: readonly string[]): Promise<void> {
    await run(...this.#command(program, ['-D', this.#data, ...args]));
  }

  async #control(...args: readonly string[]): Promise<void> {
    // The server inherits the streams of pg_ctl, so their end must not be waited for.
    const child = spawn(...this.#command('pg_ctl', ['-D', this.#data, '-w', ...args]), { stdio: 'ignore' });
    const [code] = await once(child, 'exit');
    if (code !== 0) throw new Error(`pg_ctl ${args[0]} ended with ${code}`);
  }

  #command(program: string, args: readonly string[]): [string, string[]] {
    const path = join(this.#bin, program);
    return process.getuid?.() === 0
      ? ['runuser', ['-u', 'postgres', '--', path, ...args]]
      : [path, [...args]];
  }
}

/** Returns the folder of the newest PostgreSQL of this machine. */
export async function findPrograms(): Promise<string> {
  const versions = await readdir(programs);
  const newest = versions.map(Number).sort((a, b) => b - a)[0];
  return join(programs, String(newest), 'bin');
}

/** Returns the number of a user of this machine. */
export async function userId(name: string): Promise<number> {
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
