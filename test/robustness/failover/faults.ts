// The faults: a host dies, cables are pulled, all processes are replaced.
import type { Fleet, FleetProcess } from './fleet.ts';
import type { Host } from './network.ts';
import type { PostgresNodes } from './postgres-nodes.ts';

export interface Site {
  readonly postgres: PostgresNodes;
  readonly fleet: Fleet;
}

export interface Fault {
  readonly title: string;
  /** Which may have lost its work under way: a process, all of them with their database, or nothing. */
  readonly loses: 'everything' | 'nothing' | FleetProcess;
  /** The least time from the fault until it is mended. */
  readonly lastsMs: number;
  /** The longest time in which nothing may be accepted, on a machine with other things to do. */
  readonly longestSilenceMs: number;
  /** Makes it happen; returns a function that mends it. */
  strike(): Promise<() => Promise<void>>;
}

/** A leader that is not heard of is replaced after 20 s (patroni.yaml). */
const newLeader = { lastsMs: 25_000, longestSilenceMs: 45_000 };
/** A dispatcher that is not heard of loses its sender queues after 15 s. */
const newDispatcher = { lastsMs: 20_000, longestSilenceMs: 15_000 };
const otherProcess = { lastsMs: 10_000, longestSilenceMs: 15_000 };

/** Returns the faults, in the order in which they happen. */
export function makeFaults({ postgres, fleet }: Site): readonly Fault[] {
  const [api, dispatcher, otherDispatcher] = [fleet.apis[0], ...fleet.dispatchers];
  if (api === undefined || dispatcher === undefined || otherDispatcher === undefined)
    throw new Error('a process is missing');
  return [
    {
      title: 'the leader of PostgreSQL is killed',
      loses: 'everything',
      ...newLeader,
      async strike() {
        const leader = await postgres.leader();
        await leader.kill();
        return () => postgres.startNode(leader);
      },
    },
    {
      title: 'the leader of PostgreSQL is cut off',
      loses: 'everything',
      ...newLeader,
      strike: async () => cut(await postgres.leader()),
    },
    {
      title: 'the leader of PostgreSQL is cut off from the other nodes and etcd, and not from its clients',
      loses: 'everything',
      ...newLeader,
      async strike() {
        const leader = await postgres.leader();
        const others = [...postgres.etcds, ...postgres.nodes].filter((host) => host !== leader);
        await leader.cutFrom(others);
        return () => leader.rejoinWith(others);
      },
    },
    {
      title: 'the leader of PostgreSQL is changed by patronictl switchover',
      loses: 'everything',
      ...otherProcess,
      async strike() {
        await postgres.switchOver();
        return async () => {};
      },
    },
    {
      title: 'the leader of etcd is cut off',
      loses: 'nothing',
      ...newLeader,
      strike: async () => cut(await postgres.etcdLeader()),
    },
    {
      title: 'a process with the API is cut off',
      loses: 'nothing',
      ...otherProcess,
      strike: () => cut(api.host),
    },
    {
      title: 'a dispatcher is cut off',
      loses: dispatcher,
      ...newDispatcher,
      strike: () => cut(dispatcher.host),
    },
    {
      title: 'a dispatcher is cut off from PostgreSQL, and reaches its carrier',
      loses: otherDispatcher,
      ...newDispatcher,
      async strike() {
        await otherDispatcher.host.cutFrom(postgres.nodes);
        return () => otherDispatcher.host.rejoinWith(postgres.nodes);
      },
    },
    {
      title: 'all processes are replaced, one after the other',
      loses: 'nothing',
      ...otherProcess,
      async strike() {
        for (const one of fleet.processes) await replace(one);
        return async () => {};
      },
    },
  ];
}

async function cut(host: Host): Promise<() => Promise<void>> {
  await host.cut();
  return () => host.rejoin();
}

/** Stops a process and starts its successor, as an upgrade does. */
async function replace(one: FleetProcess): Promise<void> {
  const code = await one.stop();
  if (code !== 0) throw new Error(`${one.host.name} ended with ${code}`);
  await one.start();
  await one.ready();
}
