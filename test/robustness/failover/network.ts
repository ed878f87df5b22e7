// Hosts on one machine: a network namespace each, joined by a bridge. The process must be in namespaces of its own, with which all of it
// ends (scripts/test-failover.mjs).
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { until } from '../../support/until.ts';

const run = promisify(execFile);
const bridge = 'hosts';
const subnet = '10.77.0';

export interface HostOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** The user that the program runs as; root by default. */
  readonly user?: string;
  /** A folder that is empty and this program's alone: hosts share all others. */
  readonly ownFolder?: string;
}

/** The bridge, with an address of its own, at which the test is a host too. */
export class Network {
  readonly address = `${subnet}.1`;
  readonly networks = `${subnet}.0/24`;
  readonly hosts: Host[] = [];

  private constructor() {}

  static async make(): Promise<Network> {
    const network = new Network();
    await run('ip', ['link', 'set', 'lo', 'up']);
    await run('ip', ['link', 'add', bridge, 'type', 'bridge']);
    await run('ip', ['address', 'add', `${network.address}/24`, 'dev', bridge]);
    await run('ip', ['link', 'set', bridge, 'up']);
    return network;
  }

  async addHosts(...names: readonly string[]): Promise<readonly Host[]> {
    const hosts: Host[] = [];
    for (const name of names) hosts.push(await this.#addHost(name));
    return hosts;
  }

  async #addHost(name: string): Promise<Host> {
    const host = new Host(name, `${subnet}.${11 + this.hosts.length}`);
    this.hosts.push(host);
    const cable = `to-${name}`;
    await run('ip', ['netns', 'add', name]);
    await run('ip', ['link', 'add', cable, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', name]);
    await run('ip', ['link', 'set', cable, 'master', bridge, 'up']);
    await run('ip', ['-n', name, 'address', 'add', `${host.address}/24`, 'dev', 'eth0']);
    await run('ip', ['-n', name, 'link', 'set', 'eth0', 'up']);
    await run('ip', ['-n', name, 'link', 'set', 'lo', 'up']);
    return host;
  }
}

export class Host {
  readonly name: string;
  readonly address: string;

  constructor(name: string, address: string) {
    this.name = name;
    this.address = address;
  }

  /** Returns the command that runs a command on this host. */
  command(command: readonly string[]): string[] {
    return ['ip', 'netns', 'exec', this.name, ...command];
  }

  /** Starts a program on this host. It is given nothing of this process's environment but the path of programs. */
  start(command: readonly string[], { env = {}, user, ownFolder }: HostOptions = {}): HostProgram {
    const inFolder = ownFolder === undefined ? [] : ['sh', '-c', mountAndRun, ownFolder];
    const asUser =
      user === undefined ? [] : ['setpriv', `--reuid=${user}`, `--regid=${user}`, '--init-groups'];
    const [file = '', ...args] = this.command([...inFolder, ...asUser, ...command]);
    const child = spawn(file, args, {
      env: { PATH: process.env.PATH ?? '', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return new HostProgram(child);
  }

  /** Ends every program of this host by SIGKILL, as a power cut does. */
  async kill(): Promise<void> {
    const pids = async () =>
      (await run('ip', ['netns', 'pids', this.name])).stdout.split('\n').filter(Boolean).map(Number);
    for (const pid of await pids()) killIfThere(pid);
    await until(async () => (await pids()).length === 0);
  }

  /** Takes its cable off the bridge: nothing arrives any more in either direction, and nobody is told. */
  async cut(): Promise<void> {
    await run('ip', ['link', 'set', `to-${this.name}`, 'nomaster']);
  }

  async rejoin(): Promise<void> {
    await run('ip', ['link', 'set', `to-${this.name}`, 'master', bridge]);
  }

  /** Drops everything from it to some hosts, while it reaches the others. */
  async cutFrom(others: readonly Host[]): Promise<void> {
    for (const { address } of others)
      await run('ip', ['-n', this.name, 'route', 'add', 'blackhole', `${address}/32`]);
  }

  async rejoinWith(others: readonly Host[]): Promise<void> {
    for (const { address } of others)
      await run('ip', ['-n', this.name, 'route', 'del', 'blackhole', `${address}/32`]);
  }
}

/** Each program has mounts of its own, which `ip netns exec` sees to. */
const mountAndRun = 'mkdir -p "$0" && mount -t tmpfs -o mode=1777 tmpfs "$0" && exec "$@"';

/** How much of a program's output is kept. */
const keptOutput = 20_000;

/** A program that runs on a host. */
export class HostProgram {
  readonly #child: ChildProcess;
  /** Resolves with its exit code when it has ended. */
  readonly ended: Promise<number | null>;
  #output = '';

  constructor(child: ChildProcess) {
    this.#child = child;
    this.ended = once(child, 'close').then(([code]) => code as number | null);
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#output = (this.#output + text).slice(-keptOutput);
      });
    }
  }

  /** The end of all that it has printed. */
  get output(): string {
    return this.#output;
  }

  get hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  async stop(): Promise<void> {
    this.#child.kill('SIGTERM');
    await this.ended;
  }
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
