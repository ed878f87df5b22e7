// Jasmin, with the Redis and the RabbitMQ that it needs, all on this machine and with their files in one folder.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { until } from '../support/until.ts';
import { freePort, isThere, type Peer, scratchOf, skipWithout, startPeer } from './peers.ts';

const scratch = scratchOf('jasmin');
const resources = join(scratch, 'source', 'misc', 'config', 'resource');
const rabbitmq = '/usr/lib/rabbitmq/bin/rabbitmq-server';
const program = join(scratch, 'venv', 'bin', 'jasmind.py');

const needed = [program, resources, rabbitmq, 'redis-server', 'epmd'];

export const skip = skipWithout('Jasmin', needed);
export const isInstalled: boolean = needed.every(isThere);

/** Held while it runs, and left behind by one that was killed. */
const lockFile = '/tmp/jasmind.lock';

const administrator = { user: 'jcliadmin', password: 'jclipwd' };

/** The account that we have there, over HTTP and over SMPP. */
export const jasminAccount = { user: 'rucksack', password: 'geheim' };

/** Returns the commands that make our account at Jasmin, an SMSC on this machine, and the route to that. */
export function accountCommands(smscPort: number): string[] {
  const { user, password } = jasminAccount;
  const smsc = ['cid upstream', 'host 127.0.0.1', `port ${smscPort}`, 'username upstream', 'password geheim'];
  const speed = ['submit_throughput 0', 'requeue_delay 1', 'con_fail_delay 1', 'con_loss_delay 1'];
  return [
    ...['group -a', 'gid clients', 'ok'],
    ...['user -a', 'uid rucksack', 'gid clients', `username ${user}`, `password ${password}`, 'ok'],
    ...['smppccm -a', ...smsc, ...speed, 'ok'],
    ...['mtrouter -a', 'type DefaultRoute', 'connector smppc(upstream)', 'rate 0.0', 'ok'],
    'smppccm -1 upstream',
  ];
}

export class Jasmin {
  readonly httpPort: number;
  readonly smppPort: number;
  readonly #folder: string;
  readonly #commandPort: number;
  readonly #servers: readonly Peer[];
  #gateway: Peer;

  private constructor(
    folder: string,
    ports: { readonly http: number; readonly smpp: number; readonly command: number },
    servers: readonly Peer[],
    gateway: Peer,
  ) {
    this.#folder = folder;
    this.httpPort = ports.http;
    this.smppPort = ports.smpp;
    this.#commandPort = ports.command;
    this.#servers = servers;
    this.#gateway = gateway;
  }

  /** The process of the gateway. */
  get pid(): number | undefined {
    return this.#gateway.pid;
  }

  /** Starts all of them; Jasmin has no user and no route yet. */
  static async start(): Promise<Jasmin> {
    const folder = await mkdtemp(join(tmpdir(), 'rucksack-jasmin-'));
    const names = ['redis', 'amqp', 'http', 'smpp', 'command', 'manager', 'router', 'smppPb'] as const;
    const ports = Object.fromEntries(
      await Promise.all(names.map(async (name) => [name, await freePort()] as const)),
    ) as Record<(typeof names)[number], number>;
    const running: Peer[] = [];
    try {
      await startStores(folder, ports, running);
      await mkdir(join(folder, 'store'));
      await writeFile(join(folder, 'jasmin.cfg'), configOf(ports));
      return new Jasmin(folder, ports, running, await startGateway(folder));
    } catch (error) {
      for (const peer of running.toReversed()) await peer.kill();
      throw error;
    }
  }

  /** Runs commands in its console, one a line. Throws with what the console says where it takes one badly. */
  async command(lines: readonly string[]): Promise<void> {
    const socket = connect(this.#commandPort, '127.0.0.1');
    let printed = '';
    socket.setEncoding('latin1').on('data', (text: string) => {
      printed += text;
    });
    const asked = () =>
      until(() => promptAtEnd.test(wordsOf(printed))).catch(() => {
        throw new Error(`Jasmin's console asks for nothing more: ${wordsOf(printed)}`);
      });
    try {
      await asked();
      for (const line of [administrator.user, administrator.password, ...lines]) {
        printed = '';
        socket.write(`${line}\r\n`);
        await asked();
        if (/error|unknown|incorrect|must set|failed/i.test(wordsOf(printed)))
          throw new Error(`Jasmin's console to "${line}": ${wordsOf(printed)}`);
      }
    } finally {
      socket.destroy();
    }
  }

  /** Ends the gateway as a crash would, not its queues, and starts it again. */
  async crash(): Promise<void> {
    await this.#gateway.kill();
    await rm(lockFile, { force: true });
    this.#gateway = await startGateway(this.#folder);
  }

  async stop(): Promise<void> {
    await this.#gateway.kill();
    await rm(lockFile, { force: true });
    for (const server of this.#servers.toReversed()) await server.kill();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

const promptAtEnd = /(jcli : |> |Password: |Authentication required\.\n\n)$/;

const wordsOf = (printed: string): string => stripVTControlCharacters(printed).replaceAll('\r', '');

/** Starts Redis and RabbitMQ; what runs is added to `running`. */
async function startStores(
  folder: string,
  ports: { readonly redis: number; readonly amqp: number },
  running: Peer[],
): Promise<void> {
  const redis = ['--bind', '127.0.0.1', '--port', `${ports.redis}`, '--save', '', '--dir', folder];
  running.push(await startPeer('redis-server', redis, /Ready to accept/));
  const [mapperPort, nodePort] = [await freePort(), await freePort()];
  // RabbitMQ would start its mapper of ports by itself, and leave it behind.
  const mapper = ['-address', '127.0.0.1', '-port', `${mapperPort}`, '-d'];
  running.push(await startPeer('epmd', mapper, /epmd running/));
  const env = {
    HOME: folder,
    ERL_EPMD_ADDRESS: '127.0.0.1',
    ERL_EPMD_PORT: `${mapperPort}`,
    RABBITMQ_NODENAME: 'rabbit@localhost',
    RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
    RABBITMQ_NODE_PORT: `${ports.amqp}`,
    RABBITMQ_DIST_PORT: `${nodePort}`,
    RABBITMQ_MNESIA_BASE: join(folder, 'rabbit'),
    RABBITMQ_LOG_BASE: join(folder, 'rabbit-log'),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'plugins'),
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-kernel inet_dist_use_interface {127,0,0,1} +S 1:1',
  };
  running.push(await startPeer(rabbitmq, [], /Starting broker\.\.\. completed/, { env, cwd: folder }));
}

function startGateway(folder: string): Promise<Peer> {
  const config = join(folder, 'jasmin.cfg');
  const { user, password } = administrator;
  return startPeer(
    program,
    ['-u', user, '-p', password, '--enable-dlr-thrower', '--enable-dlr-lookup', '-c', config],
    /jCli Started/i,
    {
      env: {
        CONFIG_PATH: folder,
        STORE_PATH: join(folder, 'store'),
        RESOURCE_PATH: resources,
        LOG_PATH: folder,
        HOSTNAME: 'localhost',
        PYTHONUNBUFFERED: '1',
      },
    },
  );
}

function configOf(ports: Readonly<Record<string, number>>): string {
  const sections: Record<string, Record<string, string | number | undefined>> = {
    'redis-client': { host: '127.0.0.1', port: ports.redis },
    'amqp-broker': { host: '127.0.0.1', port: ports.amqp },
    'http-api': { bind: '127.0.0.1', port: ports.http, long_content_max_parts: 10 },
    'smpp-server': { bind: '127.0.0.1', port: ports.smpp },
    'smpp-server-pb': { bind: '127.0.0.1', port: ports.smppPb },
    'smpp-server-pb-client': { port: ports.smppPb },
    'client-management': { bind: '127.0.0.1', port: ports.manager },
    router: { bind: '127.0.0.1', port: ports.router },
    jcli: { bind: '127.0.0.1', port: ports.command },
    // A receipt may come before it has stored the name of the message, and is then looked at again.
    dlr: { dlr_lookup_retry_delay: 1, dlr_lookup_max_retries: 30 },
    'deliversm-thrower': { retry_delay: 1 },
    'dlr-thrower': { retry_delay: 1 },
  };
  return Object.entries(sections)
    .map(
      ([name, keys]) =>
        `[${name}]\n${Object.entries(keys)
          .map(([key, value]) => `${key} = ${value}\n`)
          .join('')}`,
    )
    .join('\n');
}
