// Opens the replica that DATABASE_READ_URL names.
import { readReplicaUrl } from '../../base/database-url.ts';
import { OperatorError } from '../../base/errors.ts';
import type { Timers } from '../../base/timers.ts';
import { createPooledDb } from '../pooled-db.ts';
import { makePool } from '../postgres.ts';
import type { Replica } from './replica.ts';

/** Connections are made anew after so long: one that leads to a standby stays with it when that becomes the primary. */
const maxLifetimeSeconds = 60;

/** Returns the replica of a URL. It need not be there: connections are made when it is read from. */
export function openReplica(url: string, maxConnections: number, timers: Timers): Replica {
  const hosts = readReplicaUrl(url);
  if (hosts === undefined) throw new OperatorError('DATABASE_READ_URL is no URL of a PostgreSQL standby.');
  // What is lost here is found by measuring, and told then.
  const pool = makePool(
    hosts,
    { maxConnections, onConnectionLost: () => {}, timers },
    { maxLifetimeSeconds },
  );
  const db = createPooledDb(pool, 'postgresql', () => pool.end());
  return {
    ...db,
    get host() {
      return pool.host;
    },
  };
}
