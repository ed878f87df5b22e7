// Prometheus metrics of the replica that reads may go to.
import { Counter, Gauge, type Registry } from 'prom-client';
import type { ReadReplica } from '../db/replica/read-replica.ts';

/** Adds them, read from `replica` whenever they are asked for. */
export function addReplicaMetrics(registry: Registry, replica: Pick<ReadReplica, 'state' | 'counts'>): void {
  const registers = [registry];
  new Gauge({
    name: 'rucksack_read_replica_used',
    help: 'Whether reads that may lag go to the standby of DATABASE_READ_URL (1), or to the primary (0).',
    registers,
    collect() {
      this.set(replica.state.isUsed ? 1 : 0);
    },
  });
  new Gauge({
    name: 'rucksack_read_replica_lag_seconds',
    help: 'How far that standby is behind; NaN while it does not answer.',
    registers,
    collect() {
      const { lagMs } = replica.state;
      this.set(lagMs === undefined ? Number.NaN : lagMs / 1000);
    },
  });
  new Counter({
    name: 'rucksack_lagging_reads_total',
    help: 'Reads that may lag, by the server that answered them.',
    labelNames: ['server'],
    registers,
    collect() {
      const { standby, primary } = replica.counts;
      this.reset();
      this.inc({ server: 'standby' }, standby);
      this.inc({ server: 'primary' }, primary);
    },
  });
}
