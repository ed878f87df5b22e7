// A highly available PostgreSQL: three nodes under Patroni with synchronous replication, and three etcd that elect their leader.
import { chmod, chown, copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { packageRoot } from '../../../src/base/package-root.ts';
import { findPrograms, userId } from '../../support/postgres-node.ts';
import { until } from '../../support/until.ts';
import type { Host, HostProgram, Network } from './network.ts';

/** The configuration that the manual gives to each node. */
const patroniFile = join(packageRoot, 'deploy', 'several-hosts', 'patroni.yaml');
const password = 'a-password-of-this-test';
const database = 'rucksack';
/** Where Debian's PostgreSQL makes its local socket. */
const socketFolder = '/run/postgresql';
/** A leader that was cut off comes back as a standby by `pg_rewind`; on a busy machine that took longer than a minute and a half. */
const startLimitMs = 180_000;

/** A member of the cluster as Patroni shows it. */
interface Member {
  readonly name: string;
  readonly role: string;
  readonly state: string;
}

export class PostgresNodes {
  readonly nodes: readonly Host[];
  readonly etcds: readonly Host[];
  readonly #folder: string;
  readonly #bin: string;
  readonly #programs = new Map<Host, HostProgram>();

  private constructor(nodes: readonly Host[], etcds: readonly Host[], folder: string, bin: string) {
    this.nodes = nodes;
    this.etcds = etcds;
    this.#folder = folder;
    this.#bin = bin;
  }

  /** Starts them on hosts of their own, and waits until they replicate. @param folder for their data, of their own. */
  static async start(network: Network, folder: string): Promise<PostgresNodes> {
    const etcds = await network.addHosts('etcd1', 'etcd2', 'etcd3');
    const nodes = await network.addHosts('pg1', 'pg2', 'pg3');
    const made = new PostgresNodes(nodes, etcds, folder, await findPrograms());
    for (const etcd of etcds) made.#startEtcd(etcd);
    for (const node of nodes) await made.startNode(node);
    await made.replicating();
    await made.#query('postgres', `create database ${database}`);
    return made;
  }

  /** The URL for clients: each node that may take writes. */
  get url(): string {
    return this.#urlOf(this.nodes.map(({ address }) => `${address}:5432`).join(','), database);
  }

  /** Starts Patroni and PostgreSQL on a node, also after its host was killed. */
  async startNode(node: Host): Promise<void> {
    const folder = join(this.#folder, node.name);
    // The user postgres may see nothing of where this program lies, or of others' temporary files.
    await mkdir(folder, { recursive: true });
    await chmod(this.#folder, 0o755);
    await chown(folder, await userId('postgres'), -1);
    await copyFile(patroniFile, join(folder, 'patroni.yaml'));
    const options = { env: this.#environmentOf(node), user: 'postgres', ownFolder: socketFolder };
    this.#programs.set(node, node.start(['patroni', join(folder, 'patroni.yaml')], options));
  }

  /** Moves the leadership to the synchronous standby, as before the host of the leader is upgraded. */
  async switchOver(): Promise<void> {
    const leader = await this.leader();
    const file = join(this.#folder, leader.name, 'patroni.yaml');
    const command = ['patronictl', '-c', file, 'switchover', '--leader', leader.name, '--force'];
    const program = leader.start(command, { env: this.#environmentOf(leader), user: 'postgres' });
    const code = await program.ended;
    if (code !== 0) throw new Error(`patronictl ended with ${code}: ${program.output}`);
  }

  #environmentOf(node: Host): Readonly<Record<string, string>> {
    const folder = join(this.#folder, node.name);
    return {
      PATRONI_NAME: node.name,
      PATRONI_ETCD3_HOSTS: this.etcds.map(({ address }) => `'${address}:2379'`).join(','),
      PATRONI_RESTAPI_LISTEN: `${node.address}:8008`,
      PATRONI_RESTAPI_CONNECT_ADDRESS: `${node.address}:8008`,
      PATRONI_POSTGRESQL_LISTEN: `${node.address}:5432`,
      PATRONI_POSTGRESQL_CONNECT_ADDRESS: `${node.address}:5432`,
      PATRONI_POSTGRESQL_DATA_DIR: join(folder, 'data'),
      PATRONI_POSTGRESQL_BIN_DIR: this.#bin,
      PATRONI_POSTGRESQL_PGPASS: join(folder, 'pgpass'),
      PATRONI_SUPERUSER_USERNAME: 'postgres',
      PATRONI_SUPERUSER_PASSWORD: password,
      PATRONI_REPLICATION_USERNAME: 'replicator',
      PATRONI_REPLICATION_PASSWORD: password,
    };
  }

  /** Returns the node that takes writes. */
  async leader(): Promise<Host> {
    const { name } = (await this.#members()).find(({ role }) => role === 'leader') ?? {};
    const leader = this.nodes.find((node) => node.name === name);
    if (leader === undefined) throw new Error('there is no leader');
    return leader;
  }

  /** Waits until every node replicates, one of them synchronously. */
  async replicating(): Promise<void> {
    await until(async () => {
      const ended = [...this.#programs.values()].find(({ hasEnded }) => hasEnded);
      if (ended !== undefined) throw new Error('a program has ended');
      const members = await this.#members().catch(() => []);
      const count = (...roles: readonly string[]) =>
        members.filter(({ role, state }) => roles.includes(role) && /running|streaming/.test(state)).length;
      return count('leader') === 1 && count('sync_standby') === 1 && count('replica') === 1;
    }, startLimitMs).catch(async (error: Error) => {
      const members = JSON.stringify(await this.#members().catch(String));
      throw new Error(`PostgreSQL does not replicate: ${error.message}: ${members}\n${this.#outputs()}`);
    });
  }

  /** Returns the etcd that leads the others. */
  async etcdLeader(): Promise<Host> {
    for (const etcd of this.etcds) {
      const status = await ask(`http://${etcd.address}:2379/v3/maintenance/status`, {});
      if (status.header.member_id === status.leader) return etcd;
    }
    throw new Error('etcd has no leader');
  }

  /** Returns the last words of all programs. */
  #outputs(): string {
    return [...this.#programs].map(([{ name }, { output }]) => `${name}: ${output.slice(-3000)}`).join('\n');
  }

  #startEtcd(host: Host): void {
    const client = `http://${host.address}:2379`;
    const peer = (of: Host) => `http://${of.address}:2380`;
    const env = {
      ETCD_NAME: host.name,
      ETCD_DATA_DIR: join(this.#folder, host.name),
      ETCD_LISTEN_CLIENT_URLS: client,
      ETCD_ADVERTISE_CLIENT_URLS: client,
      ETCD_LISTEN_PEER_URLS: peer(host),
      ETCD_INITIAL_ADVERTISE_PEER_URLS: peer(host),
      ETCD_INITIAL_CLUSTER: this.etcds.map((one) => `${one.name}=${peer(one)}`).join(','),
      ETCD_INITIAL_CLUSTER_STATE: 'new',
    };
    this.#programs.set(host, host.start(['etcd'], { env }));
  }

  async #members(): Promise<readonly Member[]> {
    const asking = this.nodes.map(async (node) => ask(`http://${node.address}:8008/cluster`));
    return (await Promise.any(asking)).members;
  }

  async #query(name: string, statement: string): Promise<void> {
    const { address } = await this.leader();
    const client = new pg.Client({ connectionString: this.#urlOf(`${address}:5432`, name) });
    await client.connect();
    await client.query(statement).finally(() => client.end());
  }

  #urlOf(hosts: string, name: string): string {
    return `postgres://postgres:${password}@${hosts}/${name}`;
  }
}

const askLimitMs = 2000;

/** Returns the JSON that a program answers. */
async function ask(url: string, body?: object) {
  const response = await fetch(url, {
    signal: AbortSignal.timeout(askLimitMs),
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  });
  return JSON.parse(await response.text());
}
