// Asks the server that takes writes, and then a replica of it, how far they are.
import type { Clock } from '../../base/clock.ts';
import type { Reader } from '../db.ts';
import type { Replica } from './replica.ts';
import type { LagSample } from './replica-lag.ts';

const writtenSql = 'select pg_current_wal_lsn()::text as position';
const replayedSql = `select pg_is_in_recovery() as is_standby, coalesce(pg_last_wal_replay_lsn() >= $1::pg_lsn, false) as has_caught_up,
    (extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp()) * 1000)::float8 as replayed_ago_ms`;

/** Returns what both say. Where the replica's host is replaced meanwhile, both are asked again. */
export async function measureLag(primary: Reader, replica: Replica, now: Clock): Promise<LagSample> {
  const { host } = replica;
  const [written] = await primary.query<{ position: string }>(writtenSql);
  const [replayed] = await replica.query<{
    is_standby: boolean;
    has_caught_up: boolean;
    replayed_ago_ms: number | null;
  }>(replayedSql, [written?.position]);
  if (replica.host !== host) return measureLag(primary, replica, now);
  return {
    at: now(),
    host,
    isStandby: replayed?.is_standby === true,
    hasCaughtUp: replayed?.has_caught_up === true,
    replayedAgoMs: replayed?.replayed_ago_ms ?? undefined,
  };
}
