// A PostgreSQL that a test may kill: one server that recovers, or two of which the other one takes over.
import { setTimeout as pause } from 'node:timers/promises';
import { PostgresNode } from '../../support/postgres-node.ts';

export interface Cluster {
  /** The server that takes writes now. */
  readonly url: string;
  /** Returns the URL of a database on it for a client, with each server that may take writes. */
  urlForClients(databaseUrl: string): string;
  /** Kills the server that takes writes, or one of its processes, and makes it, or its successor, take writes. @param draw decides which. */
  kill(draw: (below: number) => number): Promise<void>;
  remove(): Promise<void>;
}

/** Makes one server and starts it. */
export async function makeCluster(): Promise<Cluster> {
  const node = await PostgresNode.make();
  await node.initialise();
  await node.start();
  return {
    url: node.url,
    urlForClients: (databaseUrl) => databaseUrl,
    async kill(draw) {
      if (draw(2) === 0) return endProcess(node);
      await node.crash();
      await node.start();
    },
    remove: () => node.remove(),
  };
}

/**
 * Makes a server and a standby that stores each commit before it is acknowledged. A killed server is replaced by its standby, and copied from it
 * as the next standby.
 */
export async function makeReplicatedCluster(): Promise<Cluster> {
  let [primary, standby] = [await PostgresNode.make(), await PostgresNode.make()];
  await primary.initialise();
  await primary.start();
  await follow();
  return {
    get url() {
      return primary.url;
    },
    urlForClients: (databaseUrl) => databaseUrl.replace(primary.host, `${standby.host},${primary.host}`),
    async kill() {
      await primary.crash();
      await standby.promote();
      [primary, standby] = [standby, primary];
      // Alone it has no standby to wait for; what was acknowledged before it has stored.
      await setSynchronous('');
      await follow();
    },
    async remove() {
      await Promise.all([primary.remove(), standby.remove()]);
    },
  };

  /** Starts the standby as a copy of the primary, and lets commits wait for it once it has caught up. */
  async function follow(): Promise<void> {
    await standby.copy(primary);
    await standby.start();
    await setSynchronous('*');
    while ((await primary.query(`select from pg_stat_replication where sync_state = 'sync'`)).length === 0)
      await pause(lookEveryMs);
  }

  async function setSynchronous(standbys: string): Promise<void> {
    await primary.query(
      `alter system set synchronous_standby_names = '${standbys}'`,
      'select pg_reload_conf()',
    );
  }
}

const lookEveryMs = 50;

/** Ends one process of a server by SIGKILL: the server then ends all connections and recovers by itself. */
async function endProcess(node: PostgresNode): Promise<void> {
  const backends = await node.query(
    `select pid from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid() limit 1`,
  );
  for (const { pid } of backends) process.kill(pid as number, 'SIGKILL');
}
